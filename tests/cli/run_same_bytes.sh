# The same files for any number of threads and on a second run, manifest and trail apart: a small job, and a province
# with everything a roster can have.
. "$(dirname "$0")/data/small_job.inc"
for threads in 1 2 3 3; do "$PADAN" run --quiet --threads $threads job.yaml >/dev/null || exit 9; done
for run in 2 3 4; do diff -r -q -x manifest.json -x jejak.jsonl hasil/contoh-0001 hasil/contoh-000$run; done
ls -l hasil/contoh-0001 | grep -v '^total\|^d' | cut -c1-10 | sort -u

"$PADAN" generate --people 3000 --seed 5 --regime daerah --provinces 34 --layouts messy --out g >/dev/null || exit 9
for threads in 1 2 3 3; do
	"$PADAN" run --quiet --threads $threads g/job.yaml >/dev/null
	[ $? -le 1 ] || exit 9 # rosters of this kind ring alarms
done
for run in 2 3 4; do diff -r -q -x manifest.json -x jejak.jsonl g/hasil/malam-1-0001 g/hasil/malam-1-000$run; done
[ "$(find g/hasil/malam-1-0004 -type f | wc -l)" -gt 15 ] || echo "files are missing"
[ "$(wc -l <g/hasil/malam-1-0001/hasil_padan.csv)" -gt 3000 ] || echo "rows are missing"

# Enough rows for work to be cut into several pieces.
"$PADAN" generate --people 30000 --seed 6 --regime lama --provinces 32,94 --out large >/dev/null || exit 9
for threads in 1 3; do
	"$PADAN" run --quiet --threads $threads large/job.yaml >/dev/null
	[ $? -le 1 ] || exit 9
done
diff -r -q -x manifest.json -x jejak.jsonl large/hasil/malam-1-0001 large/hasil/malam-1-0002
[ "$(wc -l <large/hasil/malam-1-0001/klaster.csv)" -gt 70000 ] || echo "rows are missing"
