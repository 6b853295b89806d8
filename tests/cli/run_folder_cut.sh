# A file of a run's folder that a copy cut off is told by every command that reads one; what was left was taken for all
# there is, with exit code 0. Files that are gone, or a folder without a manifest, are as they were.
printf 'unique_id,name,town\n1,ANI,SOLO\n2,ANI,SOLO\n3,BUDI,SOLO\n4,BUDI,SOLO\n' >rows.csv
cat >model.json <<'EOF'
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.1,
 "blocking_rules_to_generate_predictions": ["l.name = r.name"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
  {"sql_condition": "name_l = name_r", "m_probability": 0.9, "u_probability": 0.1},
  {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]}]}
EOF
printf 'unique_id,entity_id\n1,a\n2,a\n3,b\n4,b\n' >truth.csv
for run in whole cut; do "$PADAN" dedupe rows.csv --model model.json --threshold-weight 0 --out $run --quiet >told 2>&1; done
try() {
	"$PADAN" "$@" >told 2>&1
	code=$?
	grep padan told
	echo "$1: exit $code"
}
every_command() {
	try evaluate --truth truth.csv cut
	try explain cut 1 2
	try diff whole cut
	try export cut --sqlite found.db
}
every_command
head -n 4 whole/clusters.csv >cut/clusters.csv
every_command
cp whole/clusters.csv cut/clusters.csv
head -c 100 whole/manifest.json >cut/manifest.json
try evaluate --truth truth.csv cut
rm cut/manifest.json
try evaluate --truth truth.csv cut
