# Any two rows are explained, not only pairs in the pairs file: of a run by the model it used, of files by the model
# named. A rule over arrays counts too; a file that has changed since the run is told of.
cat >rows.csv <<'EOF'
id,name,town,phones
a1,ANA SARI,BOGOR,"[""81"",""82""]"
a2,ANA SARI,BOGOR,"[""82""]"
b1,BUDI,DEPOK,"[""83""]"
b2,BUDY,GARUT,"[""83"",""84""]"
c1,CITRA,TEGAL,
EOF
cat >model.json <<'EOF'
{"link_type": "dedupe_only", "unique_id_column_name": "id", "probability_two_random_records_match": 0.1,
 "padan_thresholds": {"review": 0, "automatic": 2},
 "blocking_rules_to_generate_predictions": ["l.town = r.town",
  {"blocking_rule": "l.phones = r.phones", "arrays_to_explode": ["phones"]}],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
  {"sql_condition": "name_l IS NULL OR name_r IS NULL", "is_null_level": true, "label_for_charts": "missing"},
  {"sql_condition": "name_l = name_r", "m_probability": 0.9, "u_probability": 0.1, "label_for_charts": "equal"},
  {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9, "label_for_charts": "other"}]}]}
EOF
"$PADAN" dedupe rows.csv --model model.json --types 'phones=VARCHAR[]' --unique-id id --out o --quiet >/dev/null || exit 9
explain() { "$PADAN" explain "$@"; echo "exit $?"; echo; }
explain o a1 a2
explain o b2 rows:b1
explain o a1 c1
explain o c1 a1 --json
explain rows.csv a1 a2 --model model.json --types 'phones=VARCHAR[]' --unique-id id
echo '--- what cannot be'
explain o a1 a1
explain o a1 x9
explain rows.csv a1 x9 --model model.json --types 'phones=VARCHAR[]' --unique-id id
explain o a1 c1 --model model.json
explain nowhere a1
sed 's/CITRA/ANA SARI/' rows.csv >new.csv && mv new.csv rows.csv
explain o a1 c1 | grep -e name -e exit
rm rows.csv
explain o a1 c1
