# rare_word_similarity in a model: rare words join, common ones do not; where there are no columns to count, one sentence.
cat >goods.csv <<'END'
unique_id,name,kind
1,Red camera DSC170 with lens,x
2,camera dsc170,x
3,Red camera with lens,x
4,Red camera with bag,x
5,Red radio with bag,x
6,Red radio with lens,x
END
model() {
	cat <<END
{"link_type": "dedupe_only", "blocking_rules_to_generate_predictions": ["l.kind = r.kind"], "comparisons": [
 {"output_column_name": "name", "comparison_levels": [
  {"sql_condition": "name_l IS NULL OR name_r IS NULL", "is_null_level": true},
  {"sql_condition": "$1", "m_probability": 0.9, "u_probability": 0.0001},
  {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9999}]}], "probability_two_random_records_match": 0.01}
END
}
model 'rare_word_similarity(name_l, name_r) >= 0.7' >rare.json
"$PADAN" dedupe goods.csv --model rare.json --threshold-weight 3 --quiet --out o >/dev/null || exit 9
cut -d, -f4,6 o/pairs.csv
model 'abs(rare_word_similarity(name_l, name_r)) >= 0.7' >refused.json
"$PADAN" dedupe goods.csv --model refused.json --quiet --out r 2>&1
model 'rare_word_similarity(name_l, kind_l) >= 0.7' >refused.json
"$PADAN" dedupe goods.csv --model refused.json --quiet --out r 2>&1
