# A file that somebody is still writing, or puts another in the place of, is neither the old nor the new one: nothing is
# made of it. The second file is a pipe, so that the first changes after its beginning was looked at and before its rows
# are read.
mkfifo pipa
try() {
	printf '%s\n' nik,nama 3201014101809001,SITI 3201010505789002,BUDI >pkh.csv
	touch -d 2026-11-01 pkh.csv
	(
		exec 3>pipa
		eval "$1"
		printf '%s\n' nik,nama 3201010606799003,AHMAD >&3
	) &
	timeout 20 "$PADAN" dedupe --quiet --out o --preset orang-indonesia pkh.csv pipa 2>&1
	echo "exit $?"
	wait
	[ ! -e o ] || echo 'something was written'
	rm -rf o
}
try 'echo 3201010707809004,DEWI >>pkh.csv'
try 'printf "%s\n" nik,nama 3201014101809001,SITI >pkh.csv'
try 'touch -d 2026-11-02 pkh.csv'
try 'cp -p pkh.csv lain.csv; mv lain.csv pkh.csv'
try ':' >kept
sed -n '/exit/p' kept
