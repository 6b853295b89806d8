#!/bin/sh
# Only base/document.c knows libfyaml: readers see one tree for YAML and JSON, and the parser can be exchanged.
set -eu
found=$(grep -nE '#include.*libfyaml|\bfy_[a-z_]+\(' -r src include | grep -v '^src/base/document\.c:' || true)
[ -z "$found" ] && exit 0
echo "$found"
echo "yaml_in_one_place: use src/base/document.h"
exit 1
