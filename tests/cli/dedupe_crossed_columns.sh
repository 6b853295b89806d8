# A model whose only comparison has nothing that rows could be packed by: another column on either side, or no equality.
cat >people.csv <<'END'
unique_id,first,last,n
1,ana,budi,1
2,budi,ana,3
3,budi,siti,
4,ana,budi,2
END
model() { # CONDITION
	cat >model.json <<END
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.3,
 "blocking_rules_to_generate_predictions": ["1 = 1"],
 "comparisons": [{"output_column_name": "k", "comparison_levels": [
  {"sql_condition": "$1", "label_for_charts": "yes", "m_probability": 0.9, "u_probability": 0.01},
  {"sql_condition": "ELSE", "label_for_charts": "no", "m_probability": 0.1, "u_probability": 0.99}]}]}
END
}
for condition in 'first_l = last_r' 'first_l = last_r AND last_l = first_r' 'abs(n_l - n_r) <= 1' 'levenshtein(first_l, last_r) <= 1' '1 = 1'; do
	model "$condition"
	for all in '' --all-pairs; do
		"$PADAN" dedupe --quiet --model model.json --types n=INT $all --threshold-probability 0.9 --out o people.csv >/dev/null || exit 9
		echo "$condition $all"
		awk -F, 'NR > 1 { print $4 "-" $6 ":" $7 }' o/pairs.csv | sort | tr '\n' ' '
		echo
	done
done
