# Bytes 0 behind the beginning of a file, as copies that broke off have them: the rows they are in are rejected, in an
# index too, and no output has such a byte.
. "$(dirname "$0")/data/bad_input.inc"
{
	printf '%s\n' $header
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do echo "$good"; done
	printf '3201014101809001,,SITI\000AMINAH,BOGOR,1980-01-01,P,32.01.01.1001,600000\n'
	printf '3201014101809001,,"SITI\000AMINAH",BOGOR,1980-01-01,P,32.01.01.1001,600000\n'
	printf '%s\n\000\000\000\000' "$good"
} >pkh.csv
"$PADAN" index --quiet pkh.csv | grep -o '[0-9]* rows.*'
sed 's/pkh.csv/pkh.csv.padan/; s/^name: contoh/name: indeks/' job.yaml >indeks.yaml
"$PADAN" run --quiet indeks.yaml >/dev/null || echo "index: exit $?"
(try)
diff -r -q -x manifest.json -x jejak.jsonl -x konfigurasi -x laporan.html hasil/contoh-0001 hasil/indeks-0001
grep -rlP '\x00' hasil/contoh-0001/*.csv
exit 0
