# A condition over a column that the data do not have is a mistake of the job, told before any pair is made.
. "$(dirname "$0")/data/eligibility_job.inc"
sed -i 's/umur <= 36/usia <= 36/' job.yaml
exec "$PADAN" run --quiet job.yaml
