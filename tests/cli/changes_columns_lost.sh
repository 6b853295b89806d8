# A column that a source had the night before is told when it is gone: with its header renamed, left out, or missing in
# one of two files; not when the job gives it up, when it has another place, or when the night before had none.
. "$(dirname "$0")/data/eligibility_job.inc"
sed -i 's|path: pkh.csv|paths: ["pkh*.csv"]|' job.yaml
{ head -n 1 pkh.csv && sed -n '2,3p' pkh.csv; } >pkh_2.csv
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
sed 's|^name: contoh|name: contoh\nprevious: hasil/contoh-0001|' job.yaml >malam.yaml
cp pkh.csv whole.csv
night() {
	echo "-- $1"
	"$PADAN" run malam.yaml >/dev/null 2>err
	echo "exit $?"
	grep '^padan' err || :
}
night 'the same'
awk -F, -v OFS=, '{ $11 = $1; $1 = ""; sub(/^,/, ""); print }' whole.csv >pkh.csv
night 'another place'
sed '1s/nik,/nomor penduduk,/; 1s/nominal/rupiah cair/' whole.csv >pkh.csv
night 'two headers renamed in one of two files'
sed -i '1s/nik,/nomor penduduk,/' pkh_2.csv
night 'and one in the other'
sed -i 's|paths: \["pkh\*.csv"\]|path: pkh_2.csv, columns: {nik: null}|' malam.yaml
night 'given up'
