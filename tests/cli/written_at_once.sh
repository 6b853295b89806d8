# While one padan writes an index or a folder, another that would write the same one says so and leaves it alone; what a
# killed one left is in nobody's way.
. "$(dirname "$0")/data/small_job.inc"
index() { "$PADAN" index --quiet pkh.csv --out sama.padan; }
dedupe() { "$PADAN" dedupe --quiet --threads 1 --preset orang-indonesia pkh.csv --out sama; }
echo sisa >sama.padan.sementara
mkdir -p sama.sementara/x
(
	flock 8
	index
	echo "index: exit $?"
) 8<sama.padan.sementara
(
	flock 9
	dedupe
	echo "dedupe: exit $?"
) 9<sama.sementara
cat sama.padan.sementara
ls sama.sementara
index
dedupe
ls -d sama*
outputs() { sed -n '/"outputs"/,/\]/p' "$1/manifest.json"; }
cp -r sama alone
outputs sama >alone/outputs
# Whoever comes second fails; what is there is whole.
for round in 1 2 3; do
	for i in 1 2 3 4; do
		index >/dev/null 2>>said &
		dedupe >/dev/null 2>>said &
	done
	wait
	"$PADAN" check --quiet sama.padan | grep 'rows  '
	cmp sama/pairs.csv alone/pairs.csv
	cmp sama/clusters.csv alone/clusters.csv
	outputs sama | diff - alone/outputs
done
grep -v 'another padan is writing' said
ls -d sama*
