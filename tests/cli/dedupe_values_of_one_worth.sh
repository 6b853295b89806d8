# What is equal is equal in rules and levels, however its column keeps it: a date and a timestamp, 0 and -0, whole numbers
# of 16 digits (not rounded to doubles), truth values read as they stand, numbers of 32 bits, and lists, however many a
# condition reads.
cat >rows.csv <<'END'
unique_id,day,moment,zero,near,number,other,flag,tags
1,2020-01-05,2020-01-05 00:00:00,0,0.3,9700000000000000,9700000000000000,true,[b]
2,2020-01-05,2020-01-05 10:00:00,-0,0.2,9700000000000001,9700000000000001,false,[a b]
3,2020-01-06,2020-01-05 00:00:00,1,0.1,9700000000000002,9700000000000000,,[b]
END
cat >model.json <<'END'
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.5,
 "blocking_rules_to_generate_predictions": ["l.day = r.moment", "l.zero = r.zero", "l.number = r.other", "1 = 1"],
 "padan_decisions": [
  {"id": "SHARED", "when": "array_length(list_intersect(baris_tags, acuan_tags)) >= 1", "class": "otomatis"},
  {"id": "OTHER", "when": "TRUE", "class": "tinjau"}],
 "comparisons": [
  {"output_column_name": "moment", "comparison_levels": [
   {"sql_condition": "day_l = moment_r", "m_probability": 0.4, "u_probability": 0.1},
   {"sql_condition": "day_l >= CAST(moment_r AS TIMESTAMP)", "m_probability": 0.3, "u_probability": 0.1},
   {"sql_condition": "ELSE", "m_probability": 0.3, "u_probability": 0.8}]},
  {"output_column_name": "zero", "comparison_levels": [
   {"sql_condition": "zero_l = zero_r", "m_probability": 0.9, "u_probability": 0.1},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]},
  {"output_column_name": "number", "comparison_levels": [
   {"sql_condition": "number_l = other_r", "m_probability": 0.5, "u_probability": 0.1},
   {"sql_condition": "number_l < other_r", "m_probability": 0.4, "u_probability": 0.1},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.8}]},
  {"output_column_name": "flag", "comparison_levels": [
   {"sql_condition": "flag_l AND NOT flag_r", "m_probability": 0.5, "u_probability": 0.1},
   {"sql_condition": "flag_l", "m_probability": 0.4, "u_probability": 0.1},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.8}]},
  {"output_column_name": "lists", "comparison_levels": [
   {"sql_condition": "coalesce(coalesce(tags_r, tags_r), coalesce(tags_r, tags_r)) = list_sort(tags_l)",
    "m_probability": 0.9, "u_probability": 0.1},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]},
  {"output_column_name": "near", "comparison_levels": [
   {"sql_condition": "abs(near_l::FLOAT - near_r::FLOAT) <= 0.1", "m_probability": 0.5, "u_probability": 0.1},
   {"sql_condition": "abs(near_l - near_r) <= 0.1", "m_probability": 0.4, "u_probability": 0.1},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.8}]}]}
END
"$PADAN" dedupe rows.csv --model model.json --all-pairs --quiet --out o \
	--types "day=DATE,moment=TIMESTAMP,zero=DOUBLE,near=DOUBLE,number=BIGINT,other=BIGINT,flag=BOOLEAN,tags=VARCHAR[]" >/dev/null || exit 9
cut -d, -f3- o/pairs.csv
cut -d, -f1,3 o/clusters.csv
