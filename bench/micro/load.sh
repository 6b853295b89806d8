#!/bin/sh
# SPDX-License-Identifier: MIT
# A CSV to coded columns by padan and to a table by DuckDB (bench/venv), taking turns: best and median of three loads each
# time, and the ratio of the medians over all turns. Usage: bench/micro/load.sh DATA.csv [TURNS] (from the top of the
# repository, after `make bench` built its programs).
set -eu
data=$1
turns=${2:-3}
load=${BUILD:-build/release}/bench/micro/bench_ingest
python=bench/venv/bin/python
for turn in $(seq "$turns"); do
	"$load" "$data" 2
	[ ! -x $python ] || $python bench/peers/duckdb_load.py "$data" 2
done | tee build/bench/load.txt
# Of an even number of turns the lower one of the two in the middle.
median() {
	grep "^$1," build/bench/load.txt | cut -d, -f5 | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
padan=$(median pd_ingest)
for peer in 'read_csv all varchar' 'read_csv typed'; do
	seconds=$(median "$peer")
	[ -z "$seconds" ] || awk -v a="$seconds" -v b="$padan" -v peer="$peer" 'BEGIN { printf "%.1f times the speed of DuckDB, %s\n", a / b, peer }'
done
