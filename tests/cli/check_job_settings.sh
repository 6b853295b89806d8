# What a run would refuse of a job before it reads a file, check says the evening before: a model that is not there or is
# none, a key that is none, a condition that is none.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n' $header "$good" >pkh.csv
: >kosong
echo '{' >rusak.json
check() {
	sed "\$a $1" job.yaml >satu.yaml
	"$PADAN" check --quiet satu.yaml 2>&1 | grep '^padan'
	"$PADAN" check --quiet satu.yaml >/dev/null 2>&1
	a=$?
	"$PADAN" run --quiet satu.yaml >/dev/null 2>&1
	echo "check: exit $a, run: exit $?"
}
check 'bahasa: id'
check 'model: orang-indonesa'
check 'model: ./tidak-ada.json'
check 'model: rusak.json'
check 'key_file: kosong'
head -c 1100000 /dev/zero >besar
check 'key_file: besar'
sed -i '/^limits/d' job.yaml
check 'limits: {duplicates_percent: 200}'
check 'limits: {rows_change_percent: 200}'
check "eligibility: {PKH: {decile: [1, 4], category: 'umur <='}}"
# Columns that no file has are told below the report on the files.
check "eligibility: {PKH: {decile: [1, 4], category: 'usia <= 6 AND nama IS NOT NULL'}}"
check "eligibility: {PKH: {decile: [1, 4], category: 'umur <= 6 AND nama IS NOT NULL'}}"
"$PADAN" check --quiet satu.yaml | grep -c '^ *grade'
sed -i 's/umur <= 6/usia <= 6/' satu.yaml
"$PADAN" check --quiet satu.yaml 2>/dev/null | grep -c '^ *grade'
"$PADAN" check --quiet --json satu.yaml 2>/dev/null | tail -n 1
