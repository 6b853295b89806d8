# Which u the term frequencies of a level replace: that of the exact level of the column, whatever other levels equate it
# with (nickname = name is no exact level of either); the level's own where disable_tf_exact_match_detection says so.
# f(SITI) = 4/8, f(BUDI) = 2/8: an exact level adds log2(.1/.5) = -2.322, a near one the same, or log2(.02/.5) = -4.644 by its own u.
# Null levels and ELSE are given nothing, whatever they say: a missing name is no rare one, and names that differ share none.
cat >rows.csv <<'END'
unique_id,block,name,nickname
1,1,SITI,
2,1,SITI,
3,2,SITI,
4,2,SITY,
5,3,SITI,BUDI
6,3,BUDI,SITI
7,4,BUDI,
8,4,BUDIN,
END
cat >model.json <<'END'
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.5, "blocking_rules_to_generate_predictions": ["l.block = r.block"],
 "comparisons": [
  {"output_column_name": "exact", "comparison_levels": [
   {"sql_condition": "name_l = nickname_r", "m_probability": 0.2, "u_probability": 0.4},
   {"sql_condition": "Name_l = name_r", "m_probability": 0.4, "u_probability": 0.1, "tf_adjustment_column": "name"},
   {"sql_condition": "levenshtein(name_l, name_r) <= 1", "m_probability": 0.2, "u_probability": 0.02, "tf_adjustment_column": "name"},
   {"sql_condition": "ELSE", "m_probability": 0.2, "u_probability": 0.48}]},
  {"output_column_name": "own", "comparison_levels": [
   {"sql_condition": "name_l = nickname_r", "m_probability": 0.2, "u_probability": 0.4},
   {"sql_condition": "name_l = name_r", "m_probability": 0.4, "u_probability": 0.1, "tf_adjustment_column": "name"},
   {"sql_condition": "levenshtein(name_l, name_r) <= 1", "m_probability": 0.2, "u_probability": 0.02, "tf_adjustment_column": "name",
    "disable_tf_exact_match_detection": true},
   {"sql_condition": "ELSE", "m_probability": 0.2, "u_probability": 0.48}]},
  {"output_column_name": "any", "comparison_levels": [
   {"sql_condition": "nickname_l IS NULL OR nickname_r IS NULL", "is_null_level": true, "tf_adjustment_column": "name"},
   {"sql_condition": "name_l = name_r", "m_probability": 0.4, "u_probability": 0.1, "tf_adjustment_column": "name"},
   {"sql_condition": "ELSE", "m_probability": 0.2, "u_probability": 0.4, "tf_adjustment_column": "name"}]}]}
END
"$PADAN" dedupe rows.csv --model model.json --all-pairs --quiet --out o >/dev/null || exit 9
cut -d, -f4,6- o/pairs.csv
