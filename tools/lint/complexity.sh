#!/bin/sh
# Reports the functions that stand out. Only a function of more than 120 lines fails, and only without a line
# "/* long: reason */" (or "long: reason" inside its comment) above it: kernels, tables and parsers may be long.
set -eu
command -v pmccabe > /dev/null || exit 0
list=$(mktemp)
trap 'rm -f "$list"' EXIT
# modified-complexity, traditional, statements, first line, lines, file(line): name
pmccabe src/*.c src/*/*.c 2> /dev/null | awk '{ file = $6; sub(/\(.*/, "", file); print $5, $2, $4, file, $7 }' | sort -rn > "$list"
awk 'NR <= 8 { printf "complexity: %4d lines, %3d paths  %s:%d %s\n", $1, $2, $4, $3, $5 }' "$list"
awk '{ n++; length_sum += $1; over += $1 > 60 } END { if (n) printf "complexity: %d functions, mean %.0f lines, %.1f %% over 60\n", n, length_sum / n, 100 * over / n }' "$list"
awk '$1 > 120' "$list" | {
	bad=0
	while read -r lines _ first file name; do
		begin=$((first > 15 ? first - 15 : 1))
		sed -n "${begin},${first}p" "$file" | grep -q 'long: ' && continue
		echo "complexity: $file:$first $name has $lines lines and no \"long: reason\" above it"
		bad=1
	done
	exit $bad
}
