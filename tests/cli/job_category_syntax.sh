# A condition that cannot be read is told with the job, before any file is looked into: here one has no rows.
. "$(dirname "$0")/data/eligibility_job.inc"
sed -i 's/umur <= 36 OR/umur <= 36 ATAU/' job.yaml
sed -i 2,\$d pkh.csv
"$PADAN" run --quiet job.yaml
echo "exit $?"
