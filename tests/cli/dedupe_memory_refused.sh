# A bound that cannot be kept is refused before anything is read or written; one that can is no hindrance.
printf 'id,name\n1,ani\n2,ani\n' >d.csv
cat >m.json <<'MODEL'
{"link_type": "dedupe_only", "unique_id_column_name": "id",
 "blocking_rules_to_generate_predictions": ["l.name = r.name"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
   {"sql_condition": "name_l = name_r", "padan_weight": 20}, {"sql_condition": "ELSE", "padan_weight": -4}]}]}
MODEL
"$PADAN" dedupe d.csv --model m.json --memory 2G --quiet --out fits || exit 9
"$PADAN" dedupe d.csv --model m.json --memory 1M --quiet --out small 2>&1
code=$?
[ ! -e small/clusters.csv ] || echo "something was written"
exit $code
