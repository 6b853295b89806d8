# Levels and rules that treat the two sides differently: which row is left is told by the ids, as in Splink, not by the
# order of rows; ids that are all whole numbers are numbers. Column names may differ in case, as in SQL.
cat >rows.csv <<'EOF'
unique_id,Name,TOWN
r10,ANA,BOGOR
r9,ANASTASIA,BOGOR
r2,BUDI,DEPOK
r11,BUDIMAN,DEPOK
EOF
cat >model.json <<'EOF'
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.5,
 "blocking_rules_to_generate_predictions": ["l.town = r.Town and l.name < r.name", "l.town = r.town"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
  {"sql_condition": "name_l IS NULL OR name_r IS NULL", "is_null_level": true},
  {"sql_condition": "length(\"name_l\") < length(\"NAME_r\")", "m_probability": 0.9, "u_probability": 0.3,
   "tf_adjustment_column": "name"},
  {"sql_condition": "Name_l = Name_r", "m_probability": 0.05, "u_probability": 0.1},
  {"sql_condition": "ELSE", "m_probability": 0.05, "u_probability": 0.6}]}]}
EOF
columns() {
	cut -d, -f4,6,7,9 "$1/pairs.csv" | sort
}
"$PADAN" dedupe rows.csv --model model.json --all-pairs --quiet --out o >/dev/null || exit 9
columns o
mkdir turned
{ head -n 1 rows.csv; sed -n "2,\$p" rows.csv | sort -r; } >turned/rows.csv
"$PADAN" dedupe turned/rows.csv --model model.json --all-pairs --quiet --out o2 >/dev/null || exit 9
columns o >a
columns o2 >b
cmp a b && echo "the order of rows makes no difference"
sed 's/^r//' turned/rows.csv >numbers.csv
"$PADAN" dedupe numbers.csv --model model.json --all-pairs --quiet --out o3 >/dev/null || exit 9
columns o3
"$PADAN" explain numbers.csv 9 10 --model model.json | grep ^name
"$PADAN" block numbers.csv --model model.json --json --quiet | grep -o '"n_new":[0-9]*'
printf 'unique_id,Name,NAME,TOWN\n1,A,A,X\n2,A,A,X\n' >twice.csv
"$PADAN" dedupe twice.csv --model model.json --quiet --out o4
