echo nik >pkh.csv
cat >job.yaml <<'JOB'
padan: 1
reference_date: 2026-11-23
sources:
  a: {role: register, path: pkh.csv}
JOB
"$PADAN" run job.yaml
