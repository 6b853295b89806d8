# Files whose names are not UTF-8, as old archives have them: every file of a run and of a dedupe is UTF-8 all the same, and
# names that differ in such bytes alone stay apart.
. "$(dirname "$0")/data/small_job.inc"
mkdir kiriman
head -n 2 pkh.csv >"$(printf 'kiriman/desa\377.csv')"
sed -n '1p; 3,4p' pkh.csv >"$(printf 'kiriman/desa\376.csv')"
job <<'JOB'
  pkh: {role: program, program: PKH, paths: ["kiriman/*.csv"], period: 2026-T4}
JOB
is_utf8() { find "$1" -type f ! -name '*.bin' -exec sh -c 'iconv -f UTF-8 -t UTF-8 "$1" >/dev/null 2>&1 || echo "$1 is not UTF-8"' _ {} \; ; }
"$PADAN" run --quiet job.yaml >/dev/null 2>&1
echo "exit $?"
is_utf8 hasil/contoh-0001
cut -d, -f1-4 hasil/contoh-0001/hasil_padan.csv | tail -n +2
cat >model.json <<'MODEL'
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.5,
 "blocking_rules_to_generate_predictions": ["l.nama = r.nama"],
 "comparisons": [{"output_column_name": "nik", "comparison_levels": [
  {"sql_condition": "nik_l = nik_r", "m_probability": 0.9, "u_probability": 0.1},
  {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]}]}
MODEL
"$PADAN" dedupe "$(printf 'kiriman/desa\376.csv')" --model model.json --quiet --out satu >/dev/null 2>&1
echo "exit $?"
is_utf8 satu
head -n 2 satu/clusters.csv
