# Three hundred files with an alarm each do not hide the alarm of a limit, which is told last.
. "$(dirname "$0")/data/small_job.inc"
mkdir pkh
head -n 1 pkh.csv >pkh/000.csv
cat pkh.csv >pkh/999.csv
sed -n 2p pkh.csv >>pkh/999.csv
for i in $(seq 300); do cp pkh/000.csv "pkh/$(printf '%03d' "$i").csv"; done
sed -i 's/path: pkh.csv/paths: ["pkh\/*.csv"], on_bad_file: skip/' job.yaml
echo 'limits: {duplicates_percent: 1}' >>job.yaml
"$PADAN" run --quiet job.yaml
echo "exit $?"
grep -c 'was left out' hasil/contoh-0001/manifest.json
grep -o '[0-9.]* % of the paid rows are too many' hasil/contoh-0001/manifest.json
