# Columns of a model that files have under another name, that rows make from others, and that may not be there.
cat >rows.csv <<'END'
unique_id,Full Name,day,seen
a,Agnes Weller,1980-01-02,x
b,AGNES WELLER,02/01/1980,y
c,Bruno Weller,1991-05-06,x
d,Bruno Welle,06/05/1991,y
END
cat >model.json <<'END'
{
  "padan_columns": {"full_name": "name"},
  "padan_optional_columns": true,
  "padan_derived_columns": {"born": "CAST(coalesce(try_strptime(day, '%Y-%m-%d'), try_strptime(day, '%d/%m/%Y')) AS DATE)",
                            "small": "lower(name)", "year_born": "year(born)"},
  "padan_matches_per_record": 0.5,
  "padan_thresholds": {"review": 0, "automatic": 2},
  "blocking_rules_to_generate_predictions": ["l.year_born = r.year_born", "l.email = r.email"],
  "comparisons": [
    {"output_column_name": "name", "comparison_levels": [
      {"sql_condition": "small_l IS NULL OR small_r IS NULL", "is_null_level": true},
      {"sql_condition": "small_l = small_r", "m_probability": 0.9, "u_probability": 0.01},
      {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99}]},
    {"output_column_name": "born", "comparison_levels": [
      {"sql_condition": "born_l IS NULL OR born_r IS NULL", "is_null_level": true},
      {"sql_condition": "born_l = born_r", "m_probability": 0.9, "u_probability": 0.01},
      {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99}]},
    {"output_column_name": "email", "comparison_levels": [
      {"sql_condition": "email_l IS NULL OR email_r IS NULL", "is_null_level": true},
      {"sql_condition": "email_l = email_r", "m_probability": 0.9, "u_probability": 0.01},
      {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99}]}
  ]
}
END
"$PADAN" dedupe --quiet --model model.json --out o rows.csv >/dev/null || exit 9
cut -d, -f1,4,6- o/pairs.csv
grep -E 'probability_two_random|padan_(opt|der|matches)' o/model.json
"$PADAN" dedupe --quiet --model o/model.json --out again rows.csv >/dev/null || exit 9
cmp o/pairs.csv again/pairs.csv && cmp o/model.json again/model.json && echo "again the same"

# Training finds how many matches there are; the trained model does not count rows anew.
"$PADAN" train --quiet --model model.json --out trained.json rows.csv >/dev/null 2>&1
echo "train: exit $?, $(grep -c padan_matches_per_record trained.json) keys, $(grep -c padan_derived_columns trained.json) with derived columns"

refused() {
    sed "$2" model.json >"$1.json"
    "$PADAN" dedupe --quiet --model "$1.json" --out n rows.csv 2>&1
    echo "exit $?"
}
refused required 's/"padan_optional_columns": true/"padan_optional_columns": false/'
refused taken 's/"small": /"name": /'
refused unread 's/lower(name)/lower(naem(name))/'
refused same 's/lower(name)/name/'
refused number 's/"padan_matches_per_record": 0.5/"padan_matches_per_record": 0/'
refused flag 's/"padan_optional_columns": true/"padan_optional_columns": 3/'
printf 'unique_id,other\na,1\nb,1\n' >none.csv
"$PADAN" dedupe --quiet --model model.json --out n none.csv 2>&1
echo "exit $?"

# A run has columns of its own, and refuses such a model.
. "$(dirname "$0")/data/small_job.inc"
sed -i "s/^name:/model: .\/model.json\nname:/" job.yaml
"$PADAN" run --quiet job.yaml 2>&1
echo "exit $?"
exit 0
