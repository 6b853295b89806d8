# Asked to end, a run tidies up and says so with a code of its own; the last good run stays.
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
mv pkh.csv whole.csv
mkfifo pkh.csv
"$PADAN" run --quiet job.yaml >/dev/null 2>message &
exec 3>pkh.csv
cat whole.csv >&3
kill -TERM $!
exec 3>&-
wait $!
code=$?
cat message
cat hasil/TERAKHIR
ls -A hasil
exit $code
