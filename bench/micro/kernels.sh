#!/bin/sh
# SPDX-License-Identifier: MIT
# String kernels and their peers on the same pairs, in one run: random pairs, the same but few enough for the cache, and
# the pairs of real blocks. From the top of the repository, after `make bench` built its programs.
set -eu
build=${BUILD:-build/release}/bench/micro
python=bench/venv/bin/python
headers=bench/venv/rapidfuzz-cpp
people=build/bench/people-1m.csv
peer=build/bench/rapidfuzz_cpp
$build/make_pairs 1000000 >build/bench/pairs-random.txt
head -10000 build/bench/pairs-random.txt >build/bench/pairs-random-10k.txt
$build/block_pairs $people bench/e2e/people.json full_name 6 1000000 >build/bench/pairs-blocks.txt
# The peer may use every instruction of this machine; padan chooses at run time.
[ ! -d $headers ] || g++ -std=c++17 -O3 -march=native -I$headers bench/peers/rapidfuzz_cpp.cpp -o $peer
# The fastest way of padan for independent pairs, and for one against many, over each peer's calls of one pair.
ratios() {
	awk -F, '$1 == "way" || $1 == "make" { next }
		{ key = $3 "," $4 }
		$2 == "rapidfuzz" || $2 == "duckdb" { if ($1 == "one") peer[$2, key] = $7; next }
		{ way = $1 == "many" ? "many" : "independent"; if ($7 > best[way, key]) best[way, key] = $7; seen[key] = 1 }
		END { for (key in seen) for (n = split("independent many", ways, " "); n > 0; n--)
			for (m = split("rapidfuzz duckdb", peers, " "); m > 0; m--)
				if (peer[peers[m], key] > 0) printf "ratio,%s,%s,%s,%.1f\n", ways[n], key, peers[m],
					best[ways[n], key] / peer[peers[m], key] }' "$1" | sort
}
for pairs in random random-10k blocks; do
	echo "# $pairs"
	{
		$build/bench_kernels build/bench/pairs-$pairs.txt
		[ ! -x $peer ] || $peer build/bench/pairs-$pairs.txt
		[ ! -x $python ] || $python bench/peers/duckdb_pairs.py build/bench/pairs-$pairs.txt
	} >build/bench/kernels.txt
	cat build/bench/kernels.txt
	ratios build/bench/kernels.txt
done
