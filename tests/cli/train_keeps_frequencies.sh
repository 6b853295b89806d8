# With --tf the weights of a pair hang on the model alone: the same pair in half of the rows weighs the same, and a file
# of frequencies that is not the model's is refused.
set -eu
awk 'BEGIN {
	print "id,a,b"
	for (i = 0; i < 120; i++) {
		print "x" i ",a" (i % 7) ",b" (i % 31)
		if (i % 3 == 0) print "y" i ",a" (i % 7) ",b" (i % 31)
	}
}' > rows.csv
head -n 80 rows.csv > half.csv
cat > model.json << 'JSON'
{"link_type": "dedupe_only", "unique_id_column_name": "id",
 "blocking_rules_to_generate_predictions": ["l.a = r.a", "l.b = r.b"],
 "comparisons": [
  {"output_column_name": "a", "comparison_levels": [
   {"sql_condition": "a_l = a_r", "tf_adjustment_column": "a"}, {"sql_condition": "ELSE"}]},
  {"output_column_name": "b", "comparison_levels": [
   {"sql_condition": "b_l = b_r", "tf_adjustment_column": "b"}, {"sql_condition": "ELSE"}]}]}
JSON
"$PADAN" train rows.csv --model model.json --tf --out trained.json --quiet > /dev/null
head -n 3 trained.tf.csv
for part in rows half; do
	"$PADAN" dedupe $part.csv --model trained.json --all-pairs --out $part --quiet > /dev/null
	cut -d, -f1,4,6 $part/pairs.csv | sort > $part.pairs
done
# Pairs of the half, and those of them that weigh otherwise in the whole: none.
wc -l < half.pairs | tr -d " "
comm -23 half.pairs rows.pairs | wc -l | tr -d ' '
"$PADAN" dedupe half.csv --model half/model.json --all-pairs --out again --quiet > /dev/null
cmp half/pairs.csv again/pairs.csv
sed '2s/,0/,1/' trained.tf.csv > new.csv
mv new.csv trained.tf.csv
"$PADAN" dedupe half.csv --model trained.json --out refused --quiet
