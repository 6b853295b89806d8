#!/bin/sh
# SPDX-License-Identifier: MIT
# Memory bounds: estimate and truth, then the same job within half of its peak and within the least that a refusal names.
# Usage: bench/e2e/memory.sh MILLIONS PEOPLE  (rows of the 5-rule job; people of a reconciliation run; 0 leaves one out)
# Prints CSV; fails when a bound is passed or an output differs. From the top of the repository; data in build/bench.
set -eu
program=${PADAN:-build/release/padan}
maker=${MAKER:-build/release/bench/e2e/make_people}
work=build/bench/memory
mkdir -p "$work"

# measure NAME COMMAND...: leaves seconds, processor seconds and peak in $work/NAME.time, what was said in NAME.log
measure() {
    name=$1
    shift
    /usr/bin/time -f '%e %U %S %M' -o "$work/$name.time" "$@" >"$work/$name.log" 2>&1
}

# row JOB BOUND_KB NAME: a line of the table
row() {
    read -r seconds user system peak <"$work/$3.time"
    echo "$1,$2,$peak,$seconds,$user,$system" |
        awk -F, '{printf "%s,%s,%.0f,%.1f,%.1f\n", $1, $2 ? sprintf("%.0f", $2 / 1024) : "none", $3 / 1024, $4, $5 + $6}'
    [ "$2" = 0 ] || [ "$peak" -le "$2" ] || { echo "passed its bound: $1 $3" >&2; exit 1; }
}

# bounds JOB COMMAND...: COMMAND takes --memory; outputs go to $work/all and so on by OUT
bounds() {
    job=$1
    run=$2
    measure all $run "$work/all"
    row "$job" 0 all
    sed -n 's/.*needs about \([0-9.]* GiB\).* and \([0-9]* [a-z]*\)$/  estimate: \1, \2/p' "$work/all.log" >&2
    half=$(awk '{print int($4 / 2)}' "$work/all.time")
    measure half $run "$work/half" --memory "${half}K"
    row "$job" "$half" half
    measure refused $run "$work/refused" --memory 1M && exit 1
    least=$(sed -n 's/.*: allow \([0-9.]*\) GiB.*/\1/p' "$work/refused.log")
    measure least $run "$work/least" --memory "${least}G"
    row "$job" "$(awk -v gib="$least" 'BEGIN {print int(gib * 1048576)}')" least
    for bound in half least; do
        diff -rq "$work/all" "$work/$bound" >"$work/diff.txt" || true
        if grep -v -e manifest.json -e jejak.jsonl "$work/diff.txt"; then exit 1; fi
    done
    rm -rf "$work/all" "$work/half" "$work/least" "$work/refused"
}

dedupe() {
    out=$1
    shift
    "$program" dedupe "build/bench/people-${millions}m.csv" --model bench/e2e/people.json --threads 2 --out "$out" "$@"
}
reconcile() {
    out=$1
    shift
    "$program" run "$work/nation/job.yaml" --threads 2 --out "$out" "$@"
}

# The functions run in processes of their own, so that their memory is counted.
if [ "${1:-}" = dedupe ] || [ "${1:-}" = reconcile ]; then
    [ "$1" = reconcile ] || millions=$MILLIONS
    "$@"
    exit
fi
millions=${1:-10}
people=${2:-1000000}
export MILLIONS="$millions"
echo 'job,allowed_mb,peak_mb,seconds,processor_seconds'
if [ "$millions" != 0 ]; then
    data=build/bench/people-${millions}m.csv
    [ -s "$data" ] || "$maker" "${millions}000000" "$data"
    bounds "dedupe ${millions} M rows" "sh $0 dedupe"
fi
if [ "$people" != 0 ]; then
    rm -rf "$work/nation"
    "$program" generate --people "$people" --seed 31 --regime daerah --out "$work/nation" >/dev/null
    bounds "run $people people" "sh $0 reconcile"
fi
