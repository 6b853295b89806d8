# What a limit of blocks leaves out is told and counted. By name there are blocks of 4 rows (6 pairs), 2 and 2: where 3
# are allowed the first is refined by city to one of 3 rows, so that 3 of its pairs are lost, of which birth finds one again.
cat >rows.csv <<'END'
unique_id,name,city,birth
1,SITI,A,1990
2,SITI,A,1991
3,SITI,A,1992
4,SITI,B,1990
5,BUDI,A,1993
6,BUDI,B,1994
7,AGUS,A,1995
8,AGUS,B,1996
END
model() {
	cat >model.json <<END
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.5,
 "blocking_rules_to_generate_predictions": [{"blocking_rule": "l.name = r.name", "padan_max_pairs": $1, "padan_refine": ["city"]}, "l.birth = r.birth"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
  {"sql_condition": "name_l = name_r", "m_probability": 0.9, "u_probability": 0.1}, {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]}]}
END
}
for most in 3 6; do
	model $most
	"$PADAN" dedupe rows.csv --model model.json --all-pairs --json-log --out o 2>log >/dev/null || exit 9
	grep -o 'blocks with more[^"]*' log
	cat o/blocking.csv
	cut -d, -f4,6,9 o/pairs.csv
	rm -r o
done
