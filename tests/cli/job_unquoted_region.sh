echo nik >pkh.csv
cat >job.yaml <<'JOB'
padan: 1
reference_date: 2026-11-23
sources:
  pkh: {role: program, program: PKH, path: pkh.csv}
region_groups: {KOORDINASI: [32.10]}
JOB
"$PADAN" run job.yaml
