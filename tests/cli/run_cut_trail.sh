# A trail whose last line was cut, as a full disk does, keeps the next lines whole.
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
printf '{"command":"run","run":"cont' >>hasil/jejak.jsonl
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
cut -c1-35 hasil/jejak.jsonl
