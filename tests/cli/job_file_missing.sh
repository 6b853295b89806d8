echo nik >pkh.csv
cat >job.yaml <<'JOB'
padan: 1
reference_date: 2026-11-23
sources:
  pkh: {role: program, program: PKH, path: hilang.csv}
JOB
"$PADAN" run job.yaml
