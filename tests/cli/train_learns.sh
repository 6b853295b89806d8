# Learns a model from rows with errors, links with it, and finds the same model again with another number of threads.
set -eu
awk 'BEGIN {
	srand(7)
	print "id,a,b,c"
	for (i = 0; i < 400; i++) {
		a = "a" int(rand() * 60); b = "b" int(rand() * 80); c = "c" int(rand() * 300)
		print "x" i "," a "," b "," c
		if (i % 2 == 0) print "y" i "," (rand() < .1 ? "a99" : a) "," (rand() < .1 ? "" : b) "," (rand() < .1 ? "c999" : c)
	}
}' > rows.csv
cat > model.json << 'JSON'
{"link_type": "dedupe_only", "unique_id_column_name": "id",
 "blocking_rules_to_generate_predictions": ["l.a = r.a", "l.c = r.c", "l.b = r.b"],
 "comparisons": [
  {"output_column_name": "a", "comparison_levels": [{"sql_condition": "a_l = a_r"}, {"sql_condition": "ELSE"}]},
  {"output_column_name": "b", "comparison_levels": [
   {"sql_condition": "b_l IS NULL OR b_r IS NULL", "is_null_level": true},
   {"sql_condition": "b_l = b_r"}, {"sql_condition": "ELSE"}]},
  {"output_column_name": "c", "comparison_levels": [{"sql_condition": "c_l = c_r"}, {"sql_condition": "ELSE"}]}]}
JSON
"$PADAN" train rows.csv --model model.json --out one.json --threads 1 --quiet > /dev/null
"$PADAN" train rows.csv --model model.json --out two.json --threads 2 --quiet > /dev/null
cmp one.json two.json
cmp one.training.txt two.training.txt
grep -c m_probability one.json
grep 'random starts' one.training.txt
"$PADAN" dedupe rows.csv --model one.json --out o --quiet > /dev/null
# Half of the 400 have a copy; the awk in use decides which numbers they have, so only the size is looked at.
awk -F, 'NR > 1 { n++ } END { print (n > 120 && n < 240) ? "links as many as there are" : "links " n }' o/pairs.csv
