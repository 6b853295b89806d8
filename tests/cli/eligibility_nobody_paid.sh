# Nobody is paid by the program that has an eligibility: galat_sasaran.csv is absent, and says so.
. "$(dirname "$0")/data/eligibility_job.inc"
sed -i '2,$s/,[^,]*$/,GAGAL OMSPAN/' pkh.csv
sed -i '/PBI-JK: {decile/d' job.yaml
"$PADAN" run --quiet job.yaml >/dev/null
echo "exit $?"
grep -A1 galat_sasaran hasil/contoh-0001/manifest.json | sed 's/^ *//'
