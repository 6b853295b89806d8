echo nik >pkh.csv
cat >job.yaml <<'JOB'
padan: 1
sources:
  pkh: {role: program, program: PKH, path: pkh.csv}
JOB
"$PADAN" run job.yaml
