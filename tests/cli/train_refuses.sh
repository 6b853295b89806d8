# Labels that contradict each other, or are none, and outputs that cannot be written or would replace what is read: told
# before anything is learned, nothing replaced.
printf 'unique_id,name\n1,ANI\n2,ANI\n3,BUDI\n4,BUDI\n5,CICI\n' >rows.csv
cat >model.json <<'EOF'
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.1,
 "blocking_rules_to_generate_predictions": ["l.name = r.name"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
  {"sql_condition": "name_l = name_r"}, {"sql_condition": "ELSE"}]}]}
EOF
cp rows.csv rows.before
cp model.json model.before
try() {
	"$PADAN" train rows.csv --model model.json --quiet "$@" 2>&1 >/dev/null
	echo "exit $?"
}
printf 'unique_id_l,unique_id_r,match\n1,2,1\n3,4,\n3,4,1\n2,1,0\n' >labels.csv
try --labels labels.csv --out trained.json
printf 'unique_id,entity_id\n1,A\n2,A\n1,B\n' >labels.csv
try --labels labels.csv --out trained.json
printf 'unique_id_l,unique_id_r,match\n' >labels.csv
try --labels labels.csv --out trained.json
printf 'unique_id,entity_id\n1,A\n2,A\n1,A\n' >labels.csv
try --labels labels.csv --out rows.csv
try --labels labels.csv --out labels.csv
try --out model.json
try --out trained.json --report rows.csv
printf 'unique_id_l,unique_id_r,match\n1,1,1\n2,2,1\n' >labels.csv
try --labels labels.csv --out trained.json
printf 'unique_id_l,unique_id_r,match\n1,1,1\n1,2,1\n9,1,0\n' >labels.csv
"$PADAN" train rows.csv --model model.json --labels labels.csv --out folder.json 2>&1 >/dev/null | grep 'labels '
rm folder.*
mkdir folder
try --out folder
try --out nowhere/trained.json
cmp rows.csv rows.before
cmp model.json model.before
ls
try --labels labels.csv --out trained.json
ls
