# A job gives the same bytes whether its sources are files or indexes of them, for any number of threads; so do check,
# dedupe, link and block. Only the trail differs, and the manifest by paths, times and the sizes of what was read.
set -e
"$PADAN" generate --people 800 --seed 7 --provinces 34 --layouts messy --out files >/dev/null
cp -r files indexes
find indexes \( -name '*.csv' -o -name '*.tsv' -o -name '*.gz' -o -name '*.zst' \) ! -name truth.csv ! -name expected.csv |
	while read -r file; do "$PADAN" index --quiet --threads 1 --out "$file" "files/${file#indexes/}" >>made; done
awk '{ rows += $2 } END { print NR " indexes", (rows > 3000 ? "of many rows" : "of " rows " rows") }' made
compare() { diff -r -x manifest.json -x jejak.jsonl "$1" "$2" && echo "$3: the same"; }
"$PADAN" run --quiet files/job.yaml >/dev/null || true
for threads in 1 2; do
	"$PADAN" run --quiet --threads $threads indexes/job.yaml >/dev/null || true
	compare files/hasil/malam-1-0001 indexes/hasil/malam-1-000$threads "run, $threads threads"
done
(cd files && "$PADAN" check --quiet job.yaml >../check.files) || true
(cd indexes && "$PADAN" check --quiet job.yaml >../check.indexes) || true
grep -c index_xxh3 indexes/hasil/malam-1-0002/manifest.json files/hasil/malam-1-0001/manifest.json || true
compare check.files check.indexes check
for folder in files indexes; do
	"$PADAN" dedupe --quiet --threads 1 --out dedupe.$folder $folder/asn.csv >/dev/null || true
	"$PADAN" link --quiet --threads 1 --preset orang-indonesia --out link.$folder $folder/kependudukan.csv $folder/dtsen.csv >/dev/null || true
	"$PADAN" block --preset orang-indonesia $folder/kependudukan.csv >block.$folder 2>/dev/null || true
done
compare dedupe.files dedupe.indexes dedupe
compare link.files link.indexes link
compare block.files block.indexes block
