# A file that is linked with itself, or with a copy of itself: every row would find itself, which nobody wants to know.
printf 'unique_id,name,dob\n1,ANI LESTARI,1990-01-01\n2,BUDI SANTOSO,1991-02-03\n' >a.csv
cp a.csv b.csv
printf 'unique_id,name,dob\n1,ANI LESTARI,1990-01-01\n' >c.csv
cat >model.json <<'EOF'
{"link_type": "link_only", "probability_two_random_records_match": 0.1,
 "blocking_rules_to_generate_predictions": ["l.dob = r.dob"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
  {"sql_condition": "name_l = name_r"}, {"sql_condition": "ELSE"}]}]}
EOF
for files in "a.csv a.csv" "a.csv b.csv" "a.csv c.csv"; do
	"$PADAN" link $files --model model.json --out o 2>&1 >/dev/null | grep '^padan'
	"$PADAN" link $files --model model.json --out o --quiet >/dev/null 2>&1
	echo "$files: exit $?"
done
exit 0
