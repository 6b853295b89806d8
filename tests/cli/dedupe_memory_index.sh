# From an index within half of the memory that the file would take: the same bytes. Repeated ids change what is mapped.
. "$(dirname "$0")/data/memory_job.inc"
rows 1200000 1000
"$PADAN" index d.csv --out d.padan >/dev/null 2>&1 || echo "no index"
"$PADAN" dedupe d.csv --model m.json --threads 2 --quiet --out all >/dev/null 2>&1 || echo "without a bound: $?"
enough
grep -c '#' all/clusters.csv
has_disk || exit 0
for threads in 1 2 7; do
	"$PADAN" dedupe d.padan --model m.json --threads $threads --memory 100M --quiet --out part >/dev/null 2>refused || cat refused
	same part
	rm -r part
done
