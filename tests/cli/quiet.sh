# --quiet of generate and evaluate says nothing but errors, and what was asked for: a table.
"$PADAN" generate --people 400 --seed 3 --out d --quiet 2>&1
printf 'unique_id,nama,lahir\n1,SITI,1980-01-02\n2,SITI,1980-01-02\n3,BUDI,1975-03-04\n' >rows.csv
printf 'unique_id,entity_id\n1,a\n2,a\n3,b\n' >truth.csv
cat >model.json <<'END'
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.5,
 "blocking_rules_to_generate_predictions": ["l.nama = r.nama"],
 "comparisons": [{"output_column_name": "lahir", "comparison_levels": [
  {"sql_condition": "lahir_l = lahir_r", "m_probability": 0.9, "u_probability": 0.1},
  {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]}]}
END
"$PADAN" dedupe rows.csv --model model.json --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth truth.csv --out e o >table.txt 2>told.txt || exit 9
cat told.txt
"$PADAN" evaluate --truth truth.csv --out e o --quiet 2>&1 | cmp - table.txt && echo "the table alone"
"$PADAN" evaluate --truth absent.csv o --quiet
echo "exit $?"
"$PADAN" generate --people 1 --out d2 --quiet
echo "exit $?"
