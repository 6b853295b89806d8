#!/bin/sh
# How much faster is a load from an index, or from a revision of it, than from its file? Usage: index.sh FILE...
#   PADAN=build/release/padan BENCH=build/release/bench/micro/bench_ingest ROUNDS=3 sh bench/e2e/index.sh FILE...
# The revision has 1 row in 100 put again and 1 in 1000 removed; the first column must name a row.
# Files, indexes and revisions take turns, files in the page cache; medians over rounds (of medians of 3 loads) are printed.
set -eu
PADAN=${PADAN:-build/release/padan}
BENCH=${BENCH:-build/release/bench/micro/bench_ingest}
work=$(mktemp -d "${TMPDIR:-/tmp}/padan-index.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
# median FILE FIELD: of the column of a CSV without header.
median() { cut -d, -f "$2" "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
echo "file,rows,threads,megabytes,index_megabytes,index_s,file_s,from_index_s,file_processor_s,from_index_processor_s,ratio_s,ratio_processor_s,revision_s,from_revision_s,from_revision_processor_s,ratio_to_revision_processor_s"
for file; do
	begin=$(date +%s.%N)
	${PREFIX:-} "$PADAN" index --quiet --out "$work/index" "$file" >"$work/said"
	made=$(awk "BEGIN { print $(date +%s.%N) - $begin }")
	awk 'NR == 1 { print $0 ",padan_operation" } NR % 100 == 3 { print $0 (NR % 1000 == 3 ? ",delete" : ",") }' "$file" >"$work/changes"
	begin=$(date +%s.%N)
	${PREFIX:-} "$PADAN" index --quiet "$work/index" --changes "$work/changes" --key "$(head -n 1 "$file" | cut -d, -f 1)" \
		--operation padan_operation --out "$work/revision" >"$work/said"
	revised=$(awk "BEGIN { print $(date +%s.%N) - $begin }")
	cat "$file" "$work/index" "$work/revision" >/dev/null
	for threads in 1 2; do
		: >"$work/of_file"
		: >"$work/of_index"
		: >"$work/of_revision"
		for round in $(seq "${ROUNDS:-3}"); do
			${PREFIX:-} "$BENCH" "$file" $threads | tail -n 1 >>"$work/of_file"
			${PREFIX:-} "$BENCH" "$work/index" $threads | tail -n 1 >>"$work/of_index"
			${PREFIX:-} "$BENCH" "$work/revision" $threads | tail -n 1 >>"$work/of_revision"
		done
		awk -v a="$(median "$work/of_file" 5)" -v b="$(median "$work/of_index" 5)" \
			-v c="$(median "$work/of_file" 7)" -v d="$(median "$work/of_index" 7)" \
			-v file="$(basename "$file")" -v rows="$(median "$work/of_file" 3)" -v threads=$threads \
			-v bytes="$(stat -c %s "$file")" -v index_bytes="$(stat -c %s "$work/index")" -v made="$made" \
			-v e="$(median "$work/of_revision" 5)" -v f="$(median "$work/of_revision" 7)" -v revised="$revised" 'BEGIN {
			printf "%s,%d,%d,%.0f,%.0f,%.2f,%.3f,%.3f,%.3f,%.3f,%.1f,%.1f,%.2f,%.3f,%.3f,%.1f\n", file, rows, threads, bytes / 1e6,
				index_bytes / 1e6, made, a, b, c, d, a / b, c / d, revised, e, f, c / f }'
	done
done
