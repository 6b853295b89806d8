#!/bin/sh
# One place knows about threads, so that stages stay plain functions on ranges and no thread count changes a result.
# (The program's keeper of memory has one that looks after the bound, and one waits for the disk; they touch no data.)
set -eu
found=$(grep -nE '#[[:space:]]*pragma[[:space:]]+omp|_Pragma.*omp|\bomp_[a-z_]+ *\(|pthread_create|thrd_create' -r src include |
	grep -v -e '^src/base/parallel\.c:' -e '^src/cli/keeper\.c:' -e '^src/base/disk_flush\.c:' || true)
# A library that sets the process's thread number changes its caller's other code.
found="$found$(grep -n 'omp_set_num_threads' -r src include || true)"
[ -z "$found" ] && exit 0
echo "$found"
echo "threads: use pd_parallel_for of src/base/parallel.h"
exit 1
