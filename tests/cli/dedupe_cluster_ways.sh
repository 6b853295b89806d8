# A chain 1-2-3-4 of pairs, the middle one weaker: what each way of clustering makes of it, metrics and bridges, and two
# thresholds in one run.
cat >d.csv <<'ROWS'
id,a,b,c
1,x,p,
2,x,q,m
3,y,q,m
4,y,r,
5,z,s,
ROWS
cat >m.json <<'MODEL'
{"link_type": "dedupe_only", "unique_id_column_name": "id", "probability_two_random_records_match": 0.5,
 "blocking_rules_to_generate_predictions": ["l.a = r.a", "l.b = r.b"],
 "padan_thresholds": {"review": 1, "automatic": 1},
 "comparisons": [
  {"output_column_name": "a", "comparison_levels": [
   {"sql_condition": "a_l = a_r", "padan_weight": 9}, {"sql_condition": "ELSE", "padan_weight": 0}]},
  {"output_column_name": "b", "comparison_levels": [
   {"sql_condition": "b_l = b_r", "padan_weight": 5}, {"sql_condition": "ELSE", "padan_weight": 0}]}]}
MODEL
for way in components best_link pairs; do
	"$PADAN" dedupe d.csv --model m.json --clustering $way --thresholds 3,7 --cluster-metrics --quiet --out $way >/dev/null || exit 9
	echo "$way"
	cat $way/clusters.csv $way/cluster_metrics.csv $way/cluster_edges.csv
done
"$PADAN" dedupe d.csv --model m.json --clustering chains --quiet
echo "exit code $?"
"$PADAN" dedupe d.csv --model m.json --clustering one_to_one --quiet
echo "exit code $?"
cp d.csv e.csv
"$PADAN" dedupe d.csv e.csv --model m.json --clustering mutual --quiet
echo "exit code $?"
"$PADAN" dedupe d.csv --model m.json --thresholds 3,much --quiet
echo "exit code $?"
"$PADAN" dedupe d.csv --model m.json --thresholds 3,7,3.0 --quiet
