# Files of other tools, whose columns are called after the id and the source that the command names, as Splink does;
# weights that are no numbers; ids that two sources share, in an ablation too.
judge() { echo "\$ $*"; "$PADAN" evaluate "$@" 2>&1 | sed -n '/^padan/p; /^all sources/p; /^x x y/p; /whole model/p'; }
cat >one.csv <<'EOF'
kode,entity_id
1,a
2,a
3,b
EOF
cat >one_pairs.csv <<'EOF'
match_weight,match_probability,kode_l,kode_r
5,0.97,1,2
1,0.66,2,3
EOF
judge --truth one.csv --unique-id kode --pairs one_pairs.csv --threshold-weight 2
sed 's/0.66/0,66/; s/^1,/satu,/' one_pairs.csv >words.csv
judge --truth one.csv --unique-id kode --pairs words.csv --threshold-weight 2
cat >two.csv <<'EOF'
sumber,kode,entity_id
x,1,a
x,2,b
y,1,a
y,2,b
EOF
cat >two_pairs.csv <<'EOF'
match_weight,sumber_l,kode_l,sumber_r,kode_r
5,x,1,y,1
5,x,2,y,1
EOF
sed 's/entity_id/cluster_id/' two.csv >two_clusters.csv
judge --truth two.csv --unique-id kode --source-column sumber --pairs two_pairs.csv
judge --truth two.csv --unique-id kode --source-column sumber --clusters two_clusters.csv --pairs two_pairs.csv
cat >label.csv <<'EOF'
kode_l,kode_r,is_match
1,2,1
2,3,0
EOF
"$PADAN" evaluate --truth label.csv --unique-id kode --clusters one.csv | grep '^labelled '
for file in x y; do
	printf 'unique_id,name,born\n1,ani wijaya,1990-01-02\n2,budi santoso,1985-03-04\n' >$file.csv
done
cat >truth.csv <<'EOF'
source_dataset,unique_id,entity_id
x,1,a
x,2,b
y,1,a
y,2,b
EOF
cat >model.json <<'EOF'
{"link_type": "link_only", "unique_id_column_name": "unique_id", "probability_two_random_records_match": 0.1,
 "blocking_rules_to_generate_predictions": ["l.name = r.name"],
 "comparisons": [{"output_column_name": "born", "comparison_levels": [
   {"sql_condition": "born_l = born_r", "m_probability": 0.9, "u_probability": 0.001},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.999}]}]}
EOF
"$PADAN" link x.csv y.csv --model model.json --out o --quiet
judge --truth truth.csv o --ablate
judge --truth truth.csv o --ablate --out figures
# Of pairs across sources alone, no line is told of pairs inside one.
printf 'x,3,a\nx,4,b\n' >>two.csv
sed 's/entity_id/cluster_id/' two.csv >two_clusters.csv
for across in '' --link-only; do
	"$PADAN" evaluate --truth two.csv --unique-id kode --source-column sumber --clusters two_clusters.csv $across --json |
		grep -o '"source_dataset_l":"[^"]*","source_dataset_r":"[^"]*"'
	"$PADAN" evaluate --truth two.csv --unique-id kode --source-column sumber --clusters two_clusters.csv $across --quiet --out e |
		grep -c '^[xy] x '
	grep -c '^<tr><td>[xy] &times; ' e/evaluation.html
done
