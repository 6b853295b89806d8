#!/bin/sh
# How much faster is a load from an index than from its file? Usage: index.sh FILE...
#   PADAN=build/release/padan BENCH=build/release/bench/micro/bench_ingest ROUNDS=3 sh bench/e2e/index.sh FILE...
# Files and indexes take turns, files in the page cache; medians over rounds (of medians of 3 loads) are printed.
set -eu
PADAN=${PADAN:-build/release/padan}
BENCH=${BENCH:-build/release/bench/micro/bench_ingest}
work=$(mktemp -d "${TMPDIR:-/tmp}/padan-index.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
# median FILE FIELD: of the column of a CSV without header.
median() { cut -d, -f "$2" "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
echo "file,rows,threads,megabytes,index_megabytes,index_s,file_s,from_index_s,file_processor_s,from_index_processor_s,ratio_s,ratio_processor_s"
for file; do
	begin=$(date +%s.%N)
	${PREFIX:-} "$PADAN" index --quiet --out "$work/index" "$file" >"$work/said"
	made=$(awk "BEGIN { print $(date +%s.%N) - $begin }")
	cat "$file" "$work/index" >/dev/null
	for threads in 1 2; do
		: >"$work/of_file"
		: >"$work/of_index"
		for round in $(seq "${ROUNDS:-3}"); do
			${PREFIX:-} "$BENCH" "$file" $threads | tail -n 1 >>"$work/of_file"
			${PREFIX:-} "$BENCH" "$work/index" $threads | tail -n 1 >>"$work/of_index"
		done
		awk -v a="$(median "$work/of_file" 5)" -v b="$(median "$work/of_index" 5)" \
			-v c="$(median "$work/of_file" 7)" -v d="$(median "$work/of_index" 7)" \
			-v file="$(basename "$file")" -v rows="$(median "$work/of_file" 3)" -v threads=$threads \
			-v bytes="$(stat -c %s "$file")" -v index_bytes="$(stat -c %s "$work/index")" -v made="$made" 'BEGIN {
			printf "%s,%d,%d,%.0f,%.0f,%.2f,%.3f,%.3f,%.3f,%.3f,%.1f,%.1f\n", file, rows, threads, bytes / 1e6,
				index_bytes / 1e6, made, a, b, c, d, a / b, c / d }'
	done
done
