# errors.csv tells where each pair was lost, and by what: those that the pairs file does not have are computed anew from the
# files of the run. 1 and 2 share no key of a rule, 3 and 4 are too little alike to be kept, 5 and 6 are kept and not
# linked, 7 and 8 are linked with 9, whose entity is another.
cat >rows.csv <<'EOF'
unique_id,name,city,born,entity_id
1,ani,bogor,1990-01-01,a
2,anni,garut,1990-01-02,a
3,budi,solo,1980-01-01,b
4,budi,ende,1980-01-02,b
5,citra,solo,1970-01-01,c
6,citra,solo,1970-01-02,c
7,dewi,kota,1960-01-01,d
8,dewi,desa,1960-01-01,d
9,dewi,kota,1960-01-01,e
EOF
cat >model.json <<'EOF'
{"link_type": "dedupe_only", "unique_id_column_name": "unique_id", "probability_two_random_records_match": 0.01,
 "padan_thresholds": {"review": 0, "automatic": 6},
 "blocking_rules_to_generate_predictions": ["l.name = r.name", "l.born = r.born and l.city = r.city"],
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
"$PADAN" dedupe rows.csv --model model.json --ignore entity_id --out o --quiet
"$PADAN" evaluate --truth rows.csv --label-column entity_id --out e o >/dev/null
cut -d, -f1,2,4,6- e/errors.csv
"$PADAN" explain o 1 2 | tail -n 2
echo "of other files"
"$PADAN" evaluate --truth rows.csv --label-column entity_id --clusters o/clusters.csv --pairs o/pairs.csv --out f >/dev/null
cut -d, -f1,2,4,6 f/errors.csv
echo "of files that are gone"
"$PADAN" evaluate --truth rows.csv --label-column entity_id --out g o >/dev/null
mv rows.csv moved.csv
"$PADAN" evaluate --truth moved.csv --label-column entity_id --out g o >/dev/null
cut -d, -f1,2,4,6 g/errors.csv
