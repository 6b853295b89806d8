# Signals at many moments: a command is done and says so, or it was interrupted and nothing of it is there, its results
# of before included. What is being read is never the result that is replaced.
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
at() { # COMMAND...: sets code
	"$@" >/dev/null 2>message &
	sleep "$(printf '0.%03d' "$delay")"
	kill -TERM $! 2>/dev/null
	wait $!
	code=$?
	# 143: before the program had asked to be told of signals
	[ "$code" -eq 0 ] || [ "$code" -eq 5 ] || [ "$code" -eq 143 ] || { echo "$2: exit $code"; cat message; }
	[ "$code" -ne 5 ] || [ "$(grep -c . message)" -eq 1 ] || cat message
}
n=1
for delay in 5 10 20 30 40 50 60 80 100 120 150 200 250 300; do
	at "$PADAN" run --quiet job.yaml
	[ "$code" -ne 0 ] || n=$((n + 1))
	[ "$(cat hasil/TERAKHIR)" = "contoh-$(printf %04d "$n")" ] || echo "TERAKHIR at $delay"
	[ "$(ls -A hasil | grep -c '^contoh-')" -eq "$n" ] || ls -A hasil
	[ "$(ls -A hasil | grep -vc '^contoh-')" -eq 2 ] || ls -A hasil
	at "$PADAN" dedupe --quiet --preset orang-indonesia pkh.csv --out o
	[ ! -e o ] || [ -f o/manifest.json ] || ls -A o
	at "$PADAN" train --quiet --preset orang-indonesia pkh.csv --out m.json
	at "$PADAN" index --quiet pkh.csv --out i.padan
done
ls -A | grep -v '^[om]$\|^m\.\|^i.padan$'
ls -A | grep -c sementara
true
