# Tables that nothing can be told of: the refusal names the file and the reason. A header whose other cells are empty is
# still the header, where it names unique_id.
(echo unique_id,name,born; seq 40 | sed 's/$/,ani,1990-01-01/') >same.csv
awk 'BEGIN {print "unique_id,name,born"; for (i = 0; i < 4000; i++) if (i % 2) print i ",ani wijaya,1990-01-01";
	else printf "%d,%c%s%d,%d-0%d-1%d\n", i, 97 + i % 26, "mira", i * 7 % 61, 1950 + i * 11 % 47, 1 + i % 9, i % 7}' >half.csv
(echo unique_id,,; tail -n +2 same.csv) >unnamed.csv
(echo unique_id,name; tail -n +2 same.csv) >broken.csv
for file in same half unnamed broken; do
	"$PADAN" dedupe $file.csv --out o --quiet
	echo "exit $?"
done
cat >model.json <<'EOF'
{"link_type": "dedupe_only", "unique_id_column_name": "unique_id",
 "blocking_rules_to_generate_predictions": ["l.name = r.name", "l.born = r.born"],
 "comparisons": [
  {"output_column_name": "name", "comparison_levels": [{"sql_condition": "name_l = name_r"}, {"sql_condition": "ELSE"}]},
  {"output_column_name": "born", "comparison_levels": [{"sql_condition": "born_l = born_r"}, {"sql_condition": "ELSE"}]}]}
EOF
"$PADAN" train same.csv --model model.json --out trained.json 2>&1 | grep -E 'learn|converge'
