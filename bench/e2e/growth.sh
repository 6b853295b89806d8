#!/bin/sh
# SPDX-License-Identifier: MIT
# Growth: does a row cost more in a file ten times as long? The 5-rule job with bounded blocks (rules 3 and 5 within a
# kecamatan), file cold; once with memory that was touched just before, once after half a minute in which it was not.
# Usage: bench/e2e/growth.sh MILLIONS...    (from the top of the repository; data and outputs go to build/bench)
# Prints CSV. To make files cold takes root; without it they are as they are.
set -eu
program=${PADAN:-build/release/padan}
maker=${MAKER:-build/release/bench/e2e/make_people}
idle=${IDLE:-30}
model=build/bench/people_bounded.json
mkdir -p build/bench

bounded="substr(l.village, 1, 6) = substr(r.village, 1, 6)"
sed -e "s/^\( *\"substr(l.full_name.*r.birth_date\)\"/\1 AND $bounded\"/" \
    -e "s/^\( *\"split_part.*r.birth_date, 1, 7)\)\"/\1 AND $bounded\"/" bench/e2e/people.json >"$model"
[ "$(grep -c "$bounded" "$model")" = 2 ] || { echo "the rules of people.json are not those expected" >&2; exit 1; }

forget_files() {
    sync
    # shellcheck disable=SC3045  # the redirection may be refused
    (echo 1 >/proc/sys/vm/drop_caches) 2>/dev/null || true
}

# touch_memory GIB: all of it was in use a moment ago
touch_memory() {
    python3 -c "import sys; len(b'x' * (int(sys.argv[1]) << 30))" "$1"
}

# row MILLIONS MEMORY: one job, one line
row() {
    "/usr/bin/time" -f '%e %U %S %M' -o build/bench/time.txt "$program" dedupe "build/bench/people-$1m.csv" \
        --model "$model" --threads 2 --out build/bench/out-growth >build/bench/out.txt 2>build/bench/log.txt
    stages=$(sed -n 's/.* s  \([a-z]*\) (\([0-9.]*\) s)/\1=\2/p' build/bench/log.txt | tr '\n' ' ')
    pairs=$(tail -n +2 build/bench/out-growth/blocking.csv | awk -F, '{n += $(NF - 3)} END {print n}')
    awk -v millions="$1" -v memory="$2" -v pairs="$pairs" -v stages="$stages" \
        '{printf "%s,%s,%.2f,%.2f,%.2f,%.0f,%.0f,%.1f,%s\n", millions, memory, $1, $1 / millions, ($2 + $3) / millions,
            $4 / 1024, $4 * 1.024 / millions / 1000, pairs / millions / 1e6, stages}' build/bench/time.txt
}

echo 'million_rows,memory,seconds,microseconds_per_row,processor_microseconds_per_row,peak_mb,bytes_per_row,pairs_per_row,stages'
for millions in "$@"; do
    [ -s "build/bench/people-${millions}m.csv" ] || "$maker" "${millions}000000" "build/bench/people-${millions}m.csv"
    for memory in cold touched; do
        forget_files
        [ "$memory" = cold ] && sleep "$idle"
        [ "$memory" = touched ] && touch_memory $((millions * 16 / 100 + 1))
        row "$millions" "$memory"
    done
done
rm -rf build/bench/out-growth
