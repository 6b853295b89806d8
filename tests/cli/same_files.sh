# A file sent under two names, or in another's place, is an alarm of run and of check; a path that a job names for two
# programs is meant.
. "$(dirname "$0")/data/small_job.inc"
told() { # what run and check say of equal files
	"$PADAN" run job.yaml 2>&1 | grep -o 'file .*same bytes.*'
	"$PADAN" check job.yaml >out 2>/dev/null
	echo "check: exit $?, $(grep -c 'same bytes' out)"
}
told
cp pkh.csv pkh_lagi.csv
job <<'JOB'
  pkh: {role: program, program: PKH, paths: [pkh.csv, pkh_lagi.csv], period: 2026-T4}
JOB
told
job <<'JOB'
  pkh: {role: program, program: PKH, path: pkh.csv, period: 2026-T4}
  sembako: {role: program, program: SEMBAKO, path: pkh_lagi.csv, period: 2026-T4}
JOB
told
job <<'JOB'
  pkh: {role: program, program: PKH, path: pkh.csv, period: 2026-T4}
  lagi: {role: program, program: PKH, path: pkh.csv, period: 2026-T4}
JOB
told
job <<'JOB'
  pkh: {role: program, program: PKH, path: pkh.csv, period: 2026-T4}
  sembako: {role: program, program: SEMBAKO, path: pkh.csv, period: 2026-T4}
JOB
told
"$PADAN" check --json pkh.csv pkh_lagi.csv | grep -o '"SAME_CONTENT"'
