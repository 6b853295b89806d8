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
for pairs in random random-10k blocks; do
	echo "# $pairs"
	$build/bench_kernels build/bench/pairs-$pairs.txt
	[ ! -x $peer ] || $peer build/bench/pairs-$pairs.txt
	[ ! -x $python ] || $python bench/peers/duckdb_pairs.py build/bench/pairs-$pairs.txt
done
