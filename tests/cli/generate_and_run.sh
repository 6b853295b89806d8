# Two nights of one small province: files, job, run, the next night with the run before, all without a warning.
set -e
"$PADAN" generate --people 3000 --seed 7 --provinces 34 --out malam-1
(cd malam-1 && ls && head -n 4 job.yaml && head -q -n 1 *.csv)
"$PADAN" run --quiet malam-1/job.yaml
"$PADAN" generate --people 3000 --seed 7 --provinces 34 --previous malam-1 --out malam-2
head -n 6 malam-2/job.yaml
"$PADAN" run --quiet malam-2/job.yaml
