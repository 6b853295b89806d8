# The folder of dedupe holds the pairs that were kept. How many true pairs were compared at all is found by blocking
# anew; where the file is gone it is said to be unknown. 1 and 2 share a name, 3 and 4 nothing.
cat >d.csv <<'EOF'
unique_id,name,city
1,ani,bogor
2,ani,bekasi
3,budi,ambon
4,cici,garut
5,dedi,garut
EOF
cat >truth.csv <<'EOF'
unique_id,entity_id
1,a
2,a
3,b
4,b
5,c
EOF
cat >m.json <<'EOF'
{"link_type": "link_and_dedupe", "unique_id_column_name": "unique_id", "probability_two_random_records_match": 0.1,
 "blocking_rules_to_generate_predictions": ["l.name = r.name", "l.city = r.city"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
   {"sql_condition": "name_l = name_r", "m_probability": 0.9, "u_probability": 0.05},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]}]}
EOF
mkdir there
(cd there && "$PADAN" dedupe ../d.csv --model ../m.json --out ../o --quiet >/dev/null)
"$PADAN" evaluate --truth truth.csv o --out figures | sed -n '/^true pairs/,$p'
ls figures
"$PADAN" evaluate --truth truth.csv o --json | grep -o '"blocking_recall":[0-9a-z.]*'
sed -i s/dedi/deni/ d.csv # not what was linked: nothing is told of it
"$PADAN" evaluate --truth truth.csv o | tail -1
mv d.csv gone.csv
"$PADAN" evaluate --truth truth.csv o | tail -1
