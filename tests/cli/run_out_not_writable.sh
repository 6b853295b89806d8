# Told before any work: the folder of the runs cannot be made.
echo nik,nama >pkh.csv
cat >job.yaml <<'JOB'
padan: 1
reference_date: 2026-11-23
out: /proc/none/hasil
sources:
  pkh: {role: program, program: PKH, path: pkh.csv}
JOB
"$PADAN" run --quiet job.yaml 2>message
code=$?
grep -c '^padan run: cannot .*/proc/none/hasil' message
wc -l <message | tr -d ' '
exit $code
