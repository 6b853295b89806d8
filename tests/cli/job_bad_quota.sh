# A quota that is a number, but none of people or families, is a mistake of the job and no name of a file.
. "$(dirname "$0")/data/small_job.inc"
sed -i 's/^  pkh:/  dtsen: {role: registry, path: kependudukan.csv}\n&/' job.yaml
for quota in -4 10.5 kuota.csv; do
	printf 'eligibility: {PKH: {decile: [1, 4], quota: %s}}\n' "$quota" | cat job.yaml - >bad.yaml
	"$PADAN" run --quiet bad.yaml 2>&1
	echo "exit $?"
done
