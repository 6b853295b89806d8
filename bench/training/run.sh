#!/bin/sh
# Trains a plain model (one comparison per column, Splink's usual levels) on public sets without labels, links from the
# threshold that the model names or from match probability .9 on, and prints a row per set: expected matches, true pairs,
# precision, recall, F1, warnings.
#   bench/training/run.sh [SHARED_DATA] [PROGRAM]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${1:-../shared/data}
program=${2:-build/release/padan}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '%-20s %9s %7s %9s %7s %7s %s\n' set expected true precision recall F1 warnings
for model in "$here"/*.json; do
	set_name=$(basename "$model" .json)
	if [ ! -f "$data/$set_name/data.csv" ]; then
		echo "$set_name skipped: not in $data"
		continue
	fi
	link=$(grep -c '"link_only"' "$model" || true)
	columns=
	only=
	if [ "$link" -gt 0 ]; then
		columns='--source-column source'
		only=--link-only
	fi
	# shellcheck disable=SC2086
	"$program" train "$data/$set_name/data.csv" --model "$model" $columns --out "$work/trained.json" --quiet > /dev/null
	command=dedupe
	[ "$link" -eq 0 ] || command=link
	threshold='--threshold-probability 0.9'
	! grep -q padan_thresholds "$work/trained.json" || threshold=
	# shellcheck disable=SC2086
	"$program" $command "$data/$set_name/data.csv" --model "$work/trained.json" $columns $threshold \
		--out "$work/out" --quiet > /dev/null
	# shellcheck disable=SC2086
	"$program" evaluate --truth "$data/$set_name/truth.csv" "$work/out" $only |
		awk -v set="$set_name" -v report="$work/trained.training.txt" '
			BEGIN {
				while ((getline line < report) > 0) {
					if (line ~ /expected matches$/ && line ~ /  all:/) { split(line, part, ", "); expected = part[2] + 0 }
					if (line ~ / warnings$/) warnings = line + 0
				}
			}
			/^all sources/ { printf "%-20s %9.0f %7d %9.4f %7.4f %7.4f %d\n", set, expected, $3, $6, $7, $8, warnings; exit }'
	rm -rf "$work/out"
done
