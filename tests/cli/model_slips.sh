# Slips in a settings file that would make another model of it are refused, each with where it stands; keys that nobody
# knows and that are near to none are told.
printf 'unique_id,name,town\n1,ANI,SOLO\n2,ANI,SOLO\n' >rows.csv
cat >model.json <<'EOF'
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.1,
 "blocking_rules_to_generate_predictions": ["l.name = r.name"],
 "comparisons": [
  {"output_column_name": "name", "comparison_levels": [
   {"sql_condition": "name_l IS NULL OR name_r IS NULL", "is_null_level": true},
   {"sql_condition": "name_l = name_r", "m_probability": 0.9, "u_probability": 0.1},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]},
  {"output_column_name": "town", "comparison_levels": [
   {"sql_condition": "town_l = town_r"}, {"sql_condition": "ELSE"}]}]}
EOF
try() {
	echo "-- $1"
	sed "$2" model.json >slip.json
	"$PADAN" dedupe rows.csv --model slip.json --out o --quiet 2>&1
	echo "exit $?"
}
try none ''
try 'a key of a level' 's/m_probability": 0.9/m_probabilty": 0.9/'
try 'a key of the whole' 's/two_random_records/two_random_record/'
try 'a rule that is needed' 's/blocking_rules/blocking_rule/'
try 'our own' 's/"link_type"/"padan_threshold": {}, "link_type"/'
try 'ELSE before the end' 's/"name_l = name_r"/"ELSE"/'
try 'one name twice' 's/output_column_name": "town"/output_column_name": "name"/'
try 'names of one column' 's/output_column_name": "name"/output_column_name": "na-me"/; s/output_column_name": "town"/output_column_name": "na me"/'
"$PADAN" dedupe rows.csv --model model.json --out o >/dev/null 2>&1 || exit 9
sed 's/"link_type"/"colour": 1, "link_type"/' model.json >slip.json
"$PADAN" dedupe rows.csv --model slip.json --out o 2>&1 >/dev/null | grep colour
printf '{"comparisons": [], \0 "colour": 1}' >slip.json
"$PADAN" dedupe rows.csv --model slip.json --out o --quiet 2>&1
echo "exit $?"
