# Closed standard streams are nobody's files: nothing that is told goes into one.
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" dedupe --preset orang-indonesia pkh.csv --out terbuka >/dev/null 2>&1
"$PADAN" dedupe --preset orang-indonesia pkh.csv --out tertutup <&- 2>&- >/dev/null
echo "errors closed: exit $?"
diff -r -q -x manifest.json terbuka tertutup
"$PADAN" index pkh.csv --out a.padan >/dev/null 2>&1
"$PADAN" index pkh.csv --out b.padan <&- 2>&- >/dev/null
echo "errors closed: exit $?"
cmp a.padan b.padan
"$PADAN" run job.yaml >/dev/null 2>&1
"$PADAN" run job.yaml <&- >&- 2>message
echo "output closed: exit $?"
tail -n 1 message
diff -r -q -x manifest.json -x jejak.jsonl hasil/contoh-0001 hasil/contoh-0002
sed 's/path: pkh.csv/path: "-"/' job.yaml >masuk.yaml
"$PADAN" run --quiet masuk.yaml <&- 2>message
echo "input closed: exit $?"
cat message
