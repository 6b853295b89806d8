# What may stand in the column of labels: words and scores; nothing where nobody has looked; anything else is refused, by
# train too, and never taken for "no match". An id that the truth repeats is told.
printf 'unique_id,cluster_id\na1,1\na2,1\nb1,2\nb2,2\nc1,3\n' >clusters.csv
cat >labels.csv <<'EOF'
unique_id_l,unique_id_r,is_match
a1,a2,Y
b1,b2,Match
a1,b1,n
a1,b2,Distinct
a2,b1,FALSE
a1,c1,
a2,c1,
EOF
"$PADAN" evaluate --truth labels.csv --clusters clusters.csv | head -n 5
sed 's/FALSE/perhaps/' labels.csv >odd.csv
"$PADAN" evaluate --truth odd.csv --clusters clusters.csv 2>&1
echo "exit $?"
cat >rows.csv <<'EOF'
unique_id,name
a1,ANA
a2,ANA
b1,BUDI
b2,BUDI
c1,CITRA
EOF
cat >model.json <<'EOF'
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.1,
 "blocking_rules_to_generate_predictions": ["l.name = r.name"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
  {"sql_condition": "name_l = name_r"}, {"sql_condition": "ELSE"}]}]}
EOF
"$PADAN" train rows.csv --model model.json --labels odd.csv --out trained.json --quiet 2>&1
echo "exit $?"
printf 'unique_id_l,unique_id_r,is_match\na1,a2,\n' >none.csv
"$PADAN" train rows.csv --model model.json --labels none.csv --out trained.json --quiet 2>&1
echo "exit $?"
"$PADAN" evaluate --truth none.csv --clusters clusters.csv 2>&1
echo "exit $?"
printf 'unique_id,entity_id\na1,A\na2,A\na1,A\n' >truth.csv
"$PADAN" evaluate --truth truth.csv --clusters clusters.csv | head -n 2
for score in 7 -1 nan; do
	printf 'unique_id_l,unique_id_r,clerical_match_score\na1,a2,%s\n' "$score" >scores.csv
	"$PADAN" evaluate --truth scores.csv --clusters clusters.csv 2>&1
	echo "exit $?"
done
