# Three nights: what changed between two of them, and back. An unchanged night has no changes; a row that moved in its
# file is the same row; a previous run without a state is an alarm.
. "$(dirname "$0")/data/eligibility_job.inc"
sed -i '1s/^/id_baris,/; 2s/^/A1,/; 3s/^/A2,/' pbi.csv
run() { "$PADAN" run --quiet "$@" job.yaml >/dev/null; }
run || exit 9
sed -i 's/^name: contoh/name: contoh\nprevious: hasil\/contoh-0001/' job.yaml
run || exit 9
echo "-- nothing"
cat hasil/contoh-0002/perubahan.csv
cp pbi.csv pbi.before
cp pkh.csv pkh.before
sed -i '2d' pkh.csv
sed -i 's/^A1,3201011008859005,3201010101109002,AGUS SETIAWAN,CIANJUR,1985-08-10/A1,3201990101709020,,TOTO SUGIARTO,MEDAN,1970-01-01/' pbi.csv
sed -i 's/1988-03-13,P,32.01.02.2002,HIDUP,/1988-03-13,P,32.01.02.2002,MENINGGAL,2026-01-01/' kependudukan.csv
sed -i 's/32.01.02.2002,1$/32.01.02.2002,6/' dtsen_b.csv
run --threads 1 || exit 9
run --threads 3 || exit 9
echo "-- a row less, another person, a death, two deciles"
cat hasil/contoh-0003/perubahan.csv
diff -r -q -x manifest.json -x jejak.jsonl hasil/contoh-0003 hasil/contoh-0004
mv pbi.before pbi.csv
mv pkh.before pkh.csv
sed -i 's/contoh-0001/contoh-0004/' job.yaml
echo 'limits: {rows_change_percent: 5}' >>job.yaml
run
echo "-- back again: exit $?"
cut -d, -f1-6 hasil/contoh-0005/perubahan.csv
rm hasil/contoh-0004/keadaan/temuan.bin
run
echo "-- without a state: exit $?"
ls hasil/contoh-0006/perubahan.csv 2>/dev/null
grep -c 'the state of the previous run cannot be read' hasil/contoh-0006/manifest.json
