# A training rule with a column that is not there: exit code 2 and the name.
printf 'id,a\n1,x\n2,x\n' > rows.csv
cat > model.json << 'JSON'
{"blocking_rules_to_generate_predictions": ["l.a = r.a"], "unique_id_column_name": "id",
 "comparisons": [{"output_column_name": "a", "comparison_levels": [{"sql_condition": "a_l = a_r"}, {"sql_condition": "ELSE"}]}]}
JSON
"$PADAN" train rows.csv --model model.json --training-rules 'l.b = r.b' --out trained.json --quiet
