# A limit on file sizes stops a write as a full disk does: exit 4, one sentence, nothing left behind, the last good run untouched.
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
before=$(cat hasil/TERAKHIR)
(
	ulimit -f 1
	exec "$PADAN" run --quiet job.yaml
) 2>message
code=$?
grep -c '^padan run: cannot write ' message
[ "$(cat hasil/TERAKHIR)" = "$before" ] || echo "TERAKHIR changed"
ls -A hasil | grep -v '^TERAKHIR$\|^jejak.jsonl$'
exit $code
