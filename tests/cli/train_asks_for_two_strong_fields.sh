# Every third copy has another id and agrees in the rest, so that the threshold is lower than what an id alone weighs. The
# pair that has nothing but its id in common is for review all the same, and a model of one strong field links nobody.
awk 'BEGIN { print "unique_id,id,name,zip,street"
  for (i = 0; i < 1500; i++) for (k = 0; k < 2; k++)
    printf "r%d%s,id%d,n%d,z%d,s%d\n", i, k ? "b" : "a", i % 3 == 0 && k ? 7000 + i : i, i % 211, i % 197, i % 199
  print "x1,id9000,anton,z900,s900\nx2,id9000,zulaikha,z901,s901" }' >d.csv
awk 'BEGIN { print "unique_id,entity_id"; for (i = 0; i < 1500; i++) printf "r%da,e%d\nr%db,e%d\n", i, i, i, i }' >truth.csv
comparison() { # column, u
	printf '{"output_column_name": "%s", "comparison_levels": [
	{"sql_condition": "%s_l = %s_r", "m_probability": 0.9, "u_probability": %s, "fix_m_probability": true, "fix_u_probability": true},
	{"sql_condition": "ELSE", "m_probability": 0.1, "fix_m_probability": true}]}' $1 $1 $1 $2
}
model() { # the comparisons
	printf '{"link_type": "dedupe_only", "blocking_rules_to_generate_predictions": ["l.id = r.id", "l.name = r.name"], "comparisons": [%s]}' "$1"
}
model "$(comparison id 1e-9), $(comparison name 0.005), $(comparison zip 0.005), $(comparison street 0.005)" >m.json
"$PADAN" train d.csv --model m.json --labels truth.csv --precision 0.99 --out t.json --quiet >/dev/null || exit 9
grep -o 'BIDANG.*tinjau' t.json | tr -d '\\'
grep 'two strong' t.training.txt
"$PADAN" dedupe d.csv --model t.json --out o --quiet >/dev/null || exit 9
sed -n 's/^clusters.*>= \([0-9.]*\),.*/\1/p' o/decisions.txt >threshold
awk -F, 'FNR == NR { threshold = $1; next } $4 == "x1" && $6 == "x2" { print "x is", ($1 >= threshold ? "above" : "below"), "the threshold" }' threshold o/pairs.csv
grep ',x[12],' o/clusters.csv
awk -F, 'FNR > 1 && $2 ~ /b$/ && $3 ~ /a$/ { n++ } END { print n, "of 1500 are joined" }' o/clusters.csv
model "$(comparison id 1e-9)" >one.json
"$PADAN" train d.csv --model one.json --labels truth.csv --precision 0.99 --out one_t.json --quiet >/dev/null || exit 9
grep 'fewer than two' one_t.training.txt
"$PADAN" dedupe d.csv --model one_t.json --out one --quiet >/dev/null || exit 9
awk -F, 'FNR > 1 { print $3 }' one/clusters.csv | sort -u | wc -l
