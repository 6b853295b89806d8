# What is read, what others wrote and what is no file is never replaced by a result, and told before any work.
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
cp pkh.csv before.csv
ln pkh.csv same.csv
mkdir folder
mkfifo pipe
try() {
	"$PADAN" "$@" >/dev/null 2>message
	echo "exit $?"
	cat message
}
try index --quiet pkh.csv --out pkh.csv
try index --quiet pkh.csv --out same.csv
try index --quiet pkh.csv --out folder
try index --quiet pkh.csv --out pipe
"$PADAN" index --quiet pkh.csv --out pkh.padan >/dev/null || exit 9
try index pkh.padan --key nik --changes pkh.csv --out pkh.csv
try dedupe --quiet --preset orang-indonesia pkh.csv --out hasil/contoh-0001
mkdir site
echo '{"name": "situs"}' >site/manifest.json
echo isi >site/isi.txt
try dedupe --quiet --preset orang-indonesia pkh.csv --out site
try dedupe --quiet --preset orang-indonesia pkh.csv --out o
try dedupe --quiet --preset orang-indonesia pkh.csv --out o
try dedupe --quiet --preset orang-indonesia o/clusters.csv --out o
echo catatan >o/catatan.txt
try dedupe --quiet --preset orang-indonesia pkh.csv --out o
cat o/catatan.txt
mkdir elsewhere
ln -s elsewhere link
try dedupe --quiet --preset orang-indonesia pkh.csv --out link
ls -d link elsewhere/manifest.json
[ -L link ] || echo "the link is gone"
cmp pkh.csv before.csv
ls -A
ls hasil/contoh-0001 | grep -c .
# The manifest tells the command as it was given, so that it can be given again.
grep -A 7 '"arguments"' elsewhere/manifest.json
