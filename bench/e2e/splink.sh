#!/bin/sh
# SPDX-License-Identifier: MIT
# The same trained Splink model files by Splink 5 on DuckDB and by padan, taking turns: seconds from CSV to pairs and
# clusters on disk, ratios of the medians. Usage: bench/e2e/splink.sh DATA.csv [RUNS [THREADS]] (from the top of the
# repository; outputs go to build/bench). Fails when pairs or clusters at probability .95 are not as many. Without
# bench/venv padan runs alone.
set -eu
data=$1
runs=${2:-3}
threads=${3:-2}
program=${PADAN:-build/release/padan}
python=bench/venv/bin/python
mkdir -p build/bench

# run_padan MODEL: one line "seconds,processor seconds,MB"; counts to a file
run_padan() {
	/usr/bin/time -f '%e,%U,%S,%M' -o build/bench/time.txt "$program" dedupe "$data" --model "bench/e2e/splink_$1.json" \
		--threshold-probability 0.95 --threads "$threads" --out "build/bench/splink-padan-$1" \
		>build/bench/out.txt 2>build/bench/log.txt
	awk -F, '{printf "%.2f,%.2f,%.0f\n", $1, $2 + $3, $4 / 1024}' build/bench/time.txt
	sed -n 's/.*pairs \([0-9]*\), clusters \([0-9]*\).*/edges,\1\nclusters,\2/p' build/bench/out.txt >build/bench/counts-padan.txt
}

run_splink() {
	"$python" -W ignore bench/peers/splink_job.py run "$data" "bench/e2e/splink_$1.json" "build/bench/splink-peer-$1" \
		"$threads" >build/bench/splink.txt
	awk -F, '/^total/{t = $2} /^cpu/{c = $2} /^peak/{m = $2} END {printf "%s,%s,%s\n", t, c, m}' build/bench/splink.txt
	grep -E '^(edges|clusters),' build/bench/splink.txt >build/bench/counts-splink.txt
	diff build/bench/counts-padan.txt build/bench/counts-splink.txt >&2
}

# median FIELD FILE
median() {
	cut -d, -f"$1" "$2" | sort -n | awk '{v[NR] = $1} END {print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2)}'
}

echo 'model,engine,threads,runs,median_seconds,median_processor_seconds,median_peak_mb'
for model in tutorial wide; do
	rm -f build/bench/runs-*.txt
	run=0
	while [ $run -lt "$runs" ]; do
		run_padan $model >>build/bench/runs-padan.txt
		[ ! -x $python ] || run_splink $model >>build/bench/runs-splink.txt
		run=$((run + 1))
	done
	for engine in padan splink; do
		[ -s build/bench/runs-$engine.txt ] || continue
		f=build/bench/runs-$engine.txt
		echo "$model,$engine,$threads,$runs,$(median 1 $f),$(median 2 $f),$(median 3 $f)"
	done
	[ ! -s build/bench/runs-splink.txt ] || awk -v m=$model -v a="$(median 1 build/bench/runs-splink.txt)" \
		-v b="$(median 1 build/bench/runs-padan.txt)" -v c="$(median 2 build/bench/runs-splink.txt)" \
		-v d="$(median 2 build/bench/runs-padan.txt)" \
		'BEGIN {printf "%s: %.0f times the speed of Splink by the clock, %.0f by processor seconds\n", m, a / b, c / d}'
done
