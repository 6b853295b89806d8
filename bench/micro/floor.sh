#!/bin/sh
# SPDX-License-Identifier: MIT
# What this machine needs for the steps that a dedupe by bench/e2e/people.json and a load cannot do without (floor.c), and
# what padan takes for the whole: processor seconds, one thread, the least of TURNS runs in turns.
# Usage: bench/micro/floor.sh DATA.csv [TURNS]    (rows of make_people; from the top of the repository, after `make bench`
# built its programs; outputs go to build/bench)
set -eu
data=$1
turns=${2:-3}
build=${BUILD:-build/release}
out=build/bench/floor
mkdir -p build/bench
for turn in $(seq "$turns"); do
	/usr/bin/time -f 'padan,dedupe,%U,%S,%M' "${PADAN:-$build/padan}" dedupe "$data" --model bench/e2e/people.json \
		--threads 1 --quiet --out $out 2>&1 >/dev/null | tail -1 | tee build/bench/floor-run.txt
	peak=$(cut -d, -f5 build/bench/floor-run.txt)000
	written=$(cat $out/*.csv | wc -c)
	"$build/bench/micro/bench_ingest" "$data" 1 | awk -F, '$1 == "pd_ingest" { print "padan,load," $7 ",0" }'
	"$build/bench/micro/floor" "$data" "$peak" "$written" build/bench/floor.tmp
done >build/bench/floor.txt
rm -rf $out
# Steps in their order, the least of each.
awk -F, '
	$1 == "padan" { if (!($2 in whole) || $3 + $4 < whole[$2]) whole[$2] = $3 + $4; next }
	$1 == "job" { next }
	!(($1, $2) in least) { order[++n] = $1 SUBSEP $2; amount[$1, $2] = $3 " " $4 }
	!(($1, $2) in least) || $5 < least[$1, $2] { least[$1, $2] = $5 }
	END {
		for (k = split("dedupe load", jobs, " "); k > 0; k--) {
			job = jobs[k]
			sum = 0
			for (i = 1; i <= n; i++) {
				split(order[i], key, SUBSEP)
				if (key[1] != job) continue
				sum += least[order[i]]
				printf "%s,%s,%s,%.3f\n", job, key[2], amount[order[i]], least[order[i]]
			}
			printf "%s,all of these,,%.3f\n%s,padan,,%.3f\n%s,padan over the floor,,%.1f\n", job, sum, job, whole[job], job, whole[job] / sum
		}
	}' build/bench/floor.txt
