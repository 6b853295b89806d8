# Rows 1, 2, 5 share a name, 3 and 4 a city; 1 and 2 are one entity, and 3 and 5, which no rule brings together.
cat >d.csv <<'EOF'
unique_id,name,city
1,ani,bogor
2,ani,bekasi
3,budi,ambon
4,cici,ambon
5,ani,bogor
EOF
cat >truth.csv <<'EOF'
unique_id,entity_id
1,a
2,a
3,b
4,c
5,b
EOF
cat >m.json <<'EOF'
{"link_type": "dedupe_only", "unique_id_column_name": "unique_id",
 "blocking_rules_to_generate_predictions": ["l.name = r.name", "l.city = r.city"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
   {"sql_condition": "name_l = name_r", "m_probability": 0.9, "u_probability": 0.1},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]}]}
EOF
"$PADAN" block d.csv --model m.json --truth truth.csv --quiet
"$PADAN" block d.csv --model m.json --json --quiet --threads 1
"$PADAN" block d.csv --model m.json --truth truth.csv --max-pairs-per-block 2 --quiet
"$PADAN" block job.yaml --model m.json --quiet
