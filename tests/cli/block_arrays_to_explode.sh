# 1 and 2 share two addresses, 3 one of them, 4 has none and 5 an empty list: pairs of the first rule count once, and
# are not counted again by the second.
cat >d.csv <<'EOF'
unique_id,name,emails
1,ani,"[a@x, b@x]"
2,anni,"[b@x, a@x, c@x]"
3,ani,"[b@x]"
4,ani,
5,budi,[]
EOF
cat >m.json <<'EOF'
{"link_type": "dedupe_only", "unique_id_column_name": "unique_id",
 "blocking_rules_to_generate_predictions": [
   {"blocking_rule": "l.emails = r.emails", "sql_dialect": "duckdb", "arrays_to_explode": ["emails"]},
   "l.name = r.name"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
   {"sql_condition": "name_l = name_r", "m_probability": 0.9, "u_probability": 0.1},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]}]}
EOF
"$PADAN" block d.csv --model m.json --types 'emails=VARCHAR[]' --quiet
# Names in SQL are the same in capitals: the array is exploded, not compared as a whole.
sed 's/"l.emails = r.emails"/"l.Emails = r.emails"/; s/\["emails"\]/["EMAILS"]/' m.json >capitals.json
"$PADAN" block d.csv --model capitals.json --types 'Emails=VARCHAR[]' --quiet | sed -n '2p'
"$PADAN" dedupe d.csv --model m.json --types 'emails=VARCHAR[]' --all-pairs --quiet --out o
cut -d, -f3-6,9- o/pairs.csv
"$PADAN" block d.csv --model m.json --quiet
