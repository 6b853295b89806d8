# Half of the memory that a job would take gives the same bytes; so does the least that a refusal names. So many rows
# that half is well above the least, which has a fixed part.
. "$(dirname "$0")/data/memory_job.inc"
rows 1500000
# run OUT OPTIONS...: stays within the bound by the system's own count, where GNU time is there to tell it
run() {
	out=$1
	shift
	if [ -x /usr/bin/time ]; then
		/usr/bin/time -f %M -o peak "$PADAN" dedupe d.csv --model m.json --threads 2 --quiet --out "$out" "$@" >/dev/null || exit 9
	else
		"$PADAN" dedupe d.csv --model m.json --threads 2 --quiet --out "$out" "$@" >/dev/null || exit 9
		echo 0 >peak
	fi
}
run all
enough
half=$(($(cat peak) / 2))
has_disk || half=0
"$PADAN" dedupe d.csv --model m.json --memory 4M --quiet --out small 2>refused
echo "exit code $?"
[ ! -e small ] || echo "something was written"
least=$(sed -n 's/.*: allow \([0-9.]*\) GiB.*/\1/p' refused)
[ -n "$least" ] || cat refused
if [ "$half" -gt 0 ]; then
	run half --memory "${half}K"
	[ "$(cat peak)" -le "$half" ] || echo "half: $(cat peak) kB of $half"
	same half
	run least --memory "${least}G"
	[ "$(cat peak)" -le "$(echo "$least" | awk '{print int($1 * 1048576)}')" ] || echo "least: $(cat peak) kB of $least GiB"
	same least
fi
