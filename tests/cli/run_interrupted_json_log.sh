# A scheduler that reads --json-log is told in JSON that a run or a command was asked to end.
. "$(dirname "$0")/data/small_job.inc"
mv pkh.csv whole.csv
mkfifo pkh.csv
"$PADAN" run --json-log job.yaml >/dev/null 2>message &
exec 3>pkh.csv
cat whole.csv >&3
kill -TERM $!
exec 3>&-
wait $!
echo "exit $?"
grep -v '^{.*}$' message
tail -n 1 message | sed 's/.*"level"/"level"/; s/"seconds":[0-9.]*/"seconds":N/'
mkfifo masuk.csv
"$PADAN" index --json-log masuk.csv 2>message &
exec 3>masuk.csv
printf 'nik,nama\n' >&3
kill -TERM $!
exec 3>&-
wait $!
echo "exit $?"
tail -n 1 message
