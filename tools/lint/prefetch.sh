#!/bin/sh
# __builtin_prefetch stands in base/prefetch.h alone: elsewhere gcc may drop the calls of functions that only prefetch.
set -eu
found=$(grep -n '__builtin_prefetch' -r src bench tests --exclude-dir='venv*' | grep -v '^src/base/prefetch\.h:' || true)
[ -z "$found" ] && exit 0
echo "$found"
echo "prefetch: use pd_prefetch of src/base/prefetch.h"
exit 1
