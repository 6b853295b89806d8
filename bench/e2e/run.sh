#!/bin/sh
# SPDX-License-Identifier: MIT
# Whole jobs by size: seconds per stage, processor seconds, peak memory; DuckDB beside them where bench/venv has it.
# Usage: bench/e2e/run.sh MILLIONS...    (from the top of the repository; data and outputs go to build/bench)
# Fails when DuckDB's pairs by rule, edges or clusters are not padan's.
set -eu
program=${PADAN:-build/release/padan}
maker=${MAKER:-build/release/bench/e2e/make_people}
python=bench/venv/bin/python
mkdir -p build/bench

# run_padan MILLIONS THREADS: one line of the table
run_padan() {
    out=build/bench/out-$1m-$2
    /usr/bin/time -f '%e,%U,%S,%M' -o build/bench/time.txt "$program" dedupe "build/bench/people-$1m.csv" \
        --model bench/e2e/people.json --threads "$2" --out "$out" >build/bench/out.txt 2>build/bench/log.txt
    stages=$(sed -n 's/.* s  \([a-z]*\) (\([0-9.]*\) s)/\1=\2/p' build/bench/log.txt | tr '\n' ' ')
    awk -F, -v name="padan,$1,$2" -v stages="$stages" \
        '{printf "%s,%.2f,%.2f,%.0f,%s\n", name, $1, $2 + $3, $4 / 1024, stages}' build/bench/time.txt
}

counts_of_padan() {
    out=build/bench/out-$1m-2
    # The rule is quoted and holds commas: the five counts are the last fields.
    tail -n +2 "$out/blocking.csv" | awk -F, '{print "pairs_rule_" NR - 1 "," $(NF - 3)}'
    sed -n 's/.*pairs \([0-9]*\), clusters \([0-9]*\).*/edges,\1\nclusters,\2/p' build/bench/out.txt
}

echo 'engine,million_rows,threads,seconds,processor_seconds,peak_mb,stages'
for millions in "$@"; do
    data=build/bench/people-${millions}m.csv
    [ -s "$data" ] || "$maker" "${millions}000000" "$data"
    run_padan "$millions" 1
    run_padan "$millions" 2
    counts_of_padan "$millions" >build/bench/counts-padan.txt
    cmp "build/bench/out-${millions}m-1/pairs.csv" "build/bench/out-${millions}m-2/pairs.csv"
    cmp "build/bench/out-${millions}m-1/clusters.csv" "build/bench/out-${millions}m-2/clusters.csv"
    if [ "${PEERS:-1}" = 1 ] && [ -x "$python" ]; then
        "$python" bench/peers/duckdb_job.py "$data" "build/bench/duckdb-${millions}m" 2 >build/bench/duckdb.txt
        awk -F, -v size="$millions" '/^total/{t = $2} /^cpu/{c = $2} /^peak/{m = $2}
            /^(load|derive|block|score|cluster|write),/{s = s $1 "=" $2 " "}
            END {printf "duckdb,%s,2,%s,%s,%s,%s\n", size, t, c, m, s}' build/bench/duckdb.txt
        grep -E '^(pairs_rule|edges|clusters)' build/bench/duckdb.txt | sort >build/bench/counts-duckdb.txt
        sort build/bench/counts-padan.txt | diff - build/bench/counts-duckdb.txt
    fi
done
