# A run that is killed, while it reads or at any later moment, leaves the last good one and nothing that looks like one.
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
cp -R hasil/contoh-0001 before
# While it reads: it waits for a pipe.
mv pkh.csv whole.csv
mkfifo pkh.csv
"$PADAN" run --quiet job.yaml >/dev/null 2>&1 &
exec 3>pkh.csv
head -n 2 whole.csv >&3
kill -KILL $!
wait $! 2>/dev/null
exec 3>&-
rm pkh.csv
mv whole.csv pkh.csv
cat hasil/TERAKHIR
ls hasil | grep -c contoh
# At any moment: every folder with a final name is whole, and TERAKHIR names one of them.
for delay in 0 0.01 0.02 0.04 0.06 0.08 0.1 0.15 0.2; do
	"$PADAN" run --quiet job.yaml >/dev/null 2>&1 &
	sleep $delay
	kill -KILL $! 2>/dev/null
	wait $! 2>/dev/null
	for folder in hasil/contoh-* "hasil/$(cat hasil/TERAKHIR)"; do
		diff -r -q -x manifest.json -x jejak.jsonl before "$folder"
		[ -s "$folder/manifest.json" ] || echo "$folder has no manifest"
	done
done
"$PADAN" run --quiet job.yaml >last || exit 9
[ "$(basename "$(tail -n 1 last)")" = "$(cat hasil/TERAKHIR)" ] && ls -A hasil | grep -c sementara
exit 0
