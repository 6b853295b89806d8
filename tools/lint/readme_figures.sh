#!/bin/sh
# The README's tables of accuracy are those of tests/accuracy/results.csv, line by line.
set -eu
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
python3 tests/accuracy/table.py tests/accuracy/results.csv > "$lines"
missing=$(grep -vxFf README.md "$lines" || true)
[ -z "$missing" ] && exit 0
printf 'README.md does not have these lines of tests/accuracy/table.py:\n%s\n' "$missing"
exit 1
