# The same files for any number of threads and on a second run, manifest and trail apart.
. "$(dirname "$0")/data/small_job.inc"
for threads in 1 2 3 3; do "$PADAN" run --quiet --threads $threads job.yaml >/dev/null || exit 9; done
for run in 2 3 4; do diff -r -q -x manifest.json -x jejak.jsonl hasil/contoh-0001 hasil/contoh-000$run; done
ls -l hasil/contoh-0001 | grep -v '^total\|^d' | cut -c1-10 | sort -u
