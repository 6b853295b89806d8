# What Splink's settings files may leave out or say in another way, each with the pairs and the weights of Splink:
# no blocking rules, no name of a comparison, an m over 1, a column of term frequencies in quotes.
printf 'unique_id,name,full name\n1,ANI,SITI ANI\n2,ANI,SITI ANI\n3,BUDI,SITI BUDI\n4,,SITI ANI\n' >rows.csv
cat >model.json <<'EOF'
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.5, "blocking_rules_to_generate_predictions": [],
 "comparisons": [
  {"comparison_levels": [
   {"sql_condition": "name_l IS NULL OR name_r IS NULL", "is_null_level": true},
   {"sql_condition": "name_l = name_r", "m_probability": 8, "u_probability": 1},
   {"sql_condition": "ELSE", "m_probability": 1, "u_probability": 2}]},
  {"comparison_levels": [
   {"sql_condition": "\"full name_l\" = \"full name_r\"", "m_probability": 0.5, "u_probability": 0.25,
    "tf_adjustment_column": "\"full name\""},
   {"sql_condition": "name_l = \"full name_r\"", "m_probability": 0.5, "u_probability": 0.5},
   {"sql_condition": "ELSE", "m_probability": 0.25, "u_probability": 0.5}]}]}
EOF
"$PADAN" dedupe rows.csv --model model.json --all-pairs --out o 2>&1 >/dev/null | grep 'blocking rules'
cat o/pairs.csv
sed 's/"blocking_rules_to_generate_predictions": \[\],//' model.json >absent.json
"$PADAN" dedupe rows.csv --model absent.json --all-pairs --quiet --out absent >/dev/null || exit 9
cmp o/pairs.csv absent/pairs.csv && echo 'without the key the same'
"$PADAN" dedupe rows.csv --model o/model.json --all-pairs --quiet --out again >/dev/null || exit 9
cmp o/pairs.csv again/pairs.csv && echo 'by the model that was written the same'
try() {
	sed "$1" model.json >wrong.json
	"$PADAN" dedupe rows.csv --model wrong.json --out wrong 2>&1
	echo "exit $?"
}
try 's/"m_probability": 8/"m_probability": -8/'
try 's/"name_l = name_r"/"name_l = frobnicate(name_r)"/'
