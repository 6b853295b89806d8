# Asked to end, a run ends at once wherever it is, a wait for a pipe included; it leaves nothing behind, says so with a
# code of its own, and the last good run stays. A terminal that is closed asks too, unless the run was told not to mind.
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
mv pkh.csv whole.csv
mkfifo pkh.csv
interrupt() { # SIGNAL, which whoever began the tests may ignore (nohup)
	env --default-signal=HUP "$PADAN" run --quiet job.yaml >/dev/null 2>message &
	exec 3>pkh.csv
	cat whole.csv >&3
	kill -"$1" $!
	wait $!
	echo "exit $?"
	exec 3>&-
	cat message
	cat hasil/TERAKHIR
	ls -A hasil
}
interrupt TERM
interrupt HUP
trap '' HUP
"$PADAN" run --quiet job.yaml 2>message &
exec 3>pkh.csv
kill -HUP $!
cat whole.csv >&3
exec 3>&-
wait $!
echo "exit $?"
