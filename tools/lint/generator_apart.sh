#!/bin/sh
# The generator makes the errors that the engine must undo. If they shared tables, the measured quality would be a
# measure of nothing. So src/generate uses base/ and plain data files only, the engine never reads src/generate, and
# of datasets/ both may read only facts (regions, programs), never name or spelling variants.
set -eu
bad=0
if grep -nE '#include "generate/' -r src --include='*.[ch]' | grep -vE '^src/(generate|cli)/|^src/[a-z_]+\.[ch]:'; then
	echo "generator_apart: the engine includes the generator"
	bad=1
fi
if grep -nE '#include "(indonesia|normalise|compare|score|block)/' -r src/generate 2> /dev/null; then
	echo "generator_apart: the generator includes the engine"
	bad=1
fi
names() { grep -ohE '"datasets/[a-z0-9_./-]+"' -r "$@" 2> /dev/null | sort -u; }
engine=$(ls -d src/*/ | grep -vE '^src/(generate|cli)/$')
mine=$(mktemp)
theirs=$(mktemp)
trap 'rm -f "$mine" "$theirs"' EXIT
names src/generate > "$mine" || true
names $engine > "$theirs" || true
shared=$(comm -12 "$mine" "$theirs" | grep -vE '"datasets/(wilayah|kode_[a-z]+|program|aturan_[a-z_]+)\.csv"' || true)
if [ -n "$shared" ]; then
	echo "generator_apart: read by the generator and by the engine:" $shared
	bad=1
fi
exit $bad
