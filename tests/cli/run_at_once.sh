# Runs that end together in one folder get a number each, and a line each in the trail, which names the line before.
. "$(dirname "$0")/data/small_job.inc"
for round in 1 2 3; do
	for i in 1 2 3 4; do
		"$PADAN" run --quiet --threads 1 job.yaml >"path.$round.$i" || echo "exit $?" &
	done
	wait
done
ls hasil
cat path.*.* | sort | sed -n '1p;$p'
[ -s "hasil/$(cat hasil/TERAKHIR)/manifest.json" ] || echo "TERAKHIR names no run"
before=
while read -r line; do
	[ "$(printf '%s' "$line" | sed 's/.*"previous_line":"\([^"]*\)".*/\1/')" = "$before" ] || echo "the trail is broken"
	before=$(printf '%s' "$line" | sha256sum | cut -d' ' -f1)
done <hasil/jejak.jsonl
wc -l <hasil/jejak.jsonl
