# Labels that a model was trained on, in another order and form too, or half of them, are told by evaluate; others not, and
# a model that is trained again without labels forgets them.
awk 'BEGIN { print "unique_id,name,city"; split("ani budi citra dewi eka fajar", n, " ")
  for (i = 0; i < 300; i++) printf "r%d,%s%d,c%d\n", i, n[i % 150 % 6 + 1], i % 150, i % 7 }' >d.csv
awk 'BEGIN { print "unique_id,entity_id"; for (i = 0; i < 300; i++) printf "r%d,e%d\n", i, i % 150 }' >truth.csv
awk 'BEGIN { print "label,unique_id,note"; for (i = 299; i >= 0; i--) printf "x%d,r%d,\n", i % 150, i }' >turned.csv
awk 'BEGIN { print "unique_id,entity_id"; for (i = 150; i < 450; i++) printf "r%d,e%d\n", i, i % 150 }' >half.csv
awk 'BEGIN { print "unique_id,entity_id"; for (i = 0; i < 300; i++) printf "q%d,e%d\n", i, i % 150 }' >other.csv
cat >m.json <<'EOF'
{"link_type": "dedupe_only", "blocking_rules_to_generate_predictions": ["l.name = r.name", "l.city = r.city"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
   {"sql_condition": "name_l = name_r"}, {"sql_condition": "ELSE"}]},
  {"output_column_name": "city", "comparison_levels": [
   {"sql_condition": "city_l = city_r"}, {"sql_condition": "ELSE"}]}]}
EOF
"$PADAN" train d.csv --model m.json --labels truth.csv --out trained.json --quiet >/dev/null
"$PADAN" dedupe d.csv --model trained.json --out o --quiet >/dev/null
grep -c '"labels": "truth.csv", "sha256": "[0-9a-f]*", "n_rows": 300, "sketch": "' o/model.labels.json
grep -c '^trained on labels  truth.csv, sha256 ' o/decisions.txt
"$PADAN" evaluate --truth truth.csv o --out e | head -2
"$PADAN" evaluate --truth turned.csv o --json | grep -o '"seen_in_training.*labels kept apart"'
"$PADAN" evaluate --truth half.csv o | head -1 | sed 's/about [456][0-9] %/about half/'
"$PADAN" evaluate --truth half.csv --clusters half.csv --json | grep -c seen_in_training
"$PADAN" evaluate --truth other.csv --clusters other.csv o --json | grep -o '"seen_in_training":[^,]*,"[a-z_]*'
grep -c 'Warning.*trained on the labels of 100 %' e/evaluation.html
"$PADAN" train d.csv --model m.json --out trained.json --quiet >/dev/null
"$PADAN" dedupe d.csv --model trained.json --out o2 --quiet >/dev/null
"$PADAN" evaluate --truth truth.csv o2 | head -1
ls o2 trained*
