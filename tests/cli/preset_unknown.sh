# A preset that there is none of: told with those there are, by the command line and by a job.
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" dedupe pkh.csv --preset orang --out o 2>&1
echo "exit $?"
sed -i 's/^name:/model: orang\nname:/' job.yaml
"$PADAN" run job.yaml 2>&1 | grep '^padan'
"$PADAN" run job.yaml --quiet 2>/dev/null
echo "exit $?"
exit 0
