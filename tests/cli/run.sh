#!/bin/sh
# Runs the cases of the command line: tests/cli/NAME.sh, each in an empty folder of its own, and compares its exit code
# with NAME.exit (0 when absent) and its output with NAME.stdout and NAME.stderr (not compared when absent).
#   PADAN=build/release/padan tests/cli/run.sh [NAME...]
# In a case, $PADAN is the program. Prints every failure with its difference, then "N passed, N failed".
set -u
here=$(cd "$(dirname "$0")" && pwd)
PADAN=${PADAN:-$here/../../build/release/padan}
PADAN=$(cd "$(dirname "$PADAN")" && pwd)/$(basename "$PADAN")
export PADAN
LC_ALL=C
export LC_ALL
if [ ! -x "$PADAN" ]; then
	echo "tests/cli/run.sh: there is no program $PADAN; run make first" >&2
	exit 2
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

# compare NAME STREAM: the case's output against its file, when there is one.
compare() {
	[ -f "$here/$1.$2" ] || return 0
	cmp -s "$here/$1.$2" "$work/$1.$2" && return 0
	diff -u "$here/$1.$2" "$work/$1.$2" | sed '1,2d; s/^/    /'
	return 1
}

passed=0
failed=0
if [ $# -eq 0 ]; then
	for case in "$here"/*.sh; do set -- "$@" "$(basename "$case" .sh)"; done
fi
for name in "$@"; do
	[ "$name" = run ] && continue
	mkdir "$work/$name"
	(cd "$work/$name" && exec sh "$here/$name.sh") >"$work/$name.stdout" 2>"$work/$name.stderr" </dev/null
	code=$?
	wanted=0
	[ -f "$here/$name.exit" ] && wanted=$(cat "$here/$name.exit")
	good=1
	report=$(
		[ "$code" = "$wanted" ] || { echo "    exit code $code instead of $wanted"; sed 's/^/    /' "$work/$name.stderr" | head -n 5; }
		compare "$name" stdout
		compare "$name" stderr
	)
	[ -z "$report" ] || good=0
	if [ $good = 1 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf '%s failed\n%s\n' "$name" "$report"
	fi
	chmod -R u+rwX "$work/$name" 2>/dev/null
	rm -rf "${work:?}/$name"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
