# Of a folder of dedupe, pairs that were kept but not linked hold nothing together, and it is said what was missing. 1 is
# linked with 2 and 3; 2 and 3 are below the threshold; 4 and 5 are in no cluster.
cat >rows.csv <<'EOF'
unique_id,name,city,born
1,ani wijaya,bogor,1990-01-01
2,ani wijayaa,bogor,1990-01-01
3,ani wijaya,garut,1990-01-01
4,budi,garut,1991-01-01
5,budi,solo,1992-01-01
EOF
cat >model.json <<'EOF'
{"link_type": "dedupe_only", "unique_id_column_name": "unique_id", "probability_two_random_records_match": 0.01,
 "padan_thresholds": {"review": -8, "automatic": 4},
 "blocking_rules_to_generate_predictions": ["l.name = r.name", "l.born = r.born"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
   {"sql_condition": "name_l = name_r", "m_probability": 0.9, "u_probability": 0.01},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99}]},
  {"output_column_name": "city", "comparison_levels": [
   {"sql_condition": "city_l = city_r", "m_probability": 0.9, "u_probability": 0.05},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.95}]},
  {"output_column_name": "born", "comparison_levels": [
   {"sql_condition": "born_l = born_r", "m_probability": 0.9, "u_probability": 0.001},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.999}]}]}
EOF
"$PADAN" dedupe rows.csv --model model.json --out o --quiet
"$PADAN" explain o 1
"$PADAN" explain o 1 --json
"$PADAN" explain o 2 3 | sed -n '/^The rows/p; /weight  /p; /^The match/p'
"$PADAN" explain o 4 5 | sed -n '/^The rows/p; /weight  /p; /^The match/p'
"$PADAN" dedupe rows.csv --model model.json --clustering pairs --out p --quiet
"$PADAN" explain p 1 2 | sed -n '/^The rows/p; /weight  /p; /^The match/p'
"$PADAN" explain p 1 2 --json | grep -o '"kept_from.*linked_from[^,]*'
