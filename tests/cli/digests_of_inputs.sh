# The manifest of a run has the SHA-256 of its files, as has ringkasan_pemuatan.csv; that of dedupe their XXH3, or the
# SHA-256 that an index has with it, and of what they write XXH3. By either a file is known again, so also those of a run of an earlier version.
cat >rows.csv <<'CSV'
id,name,town
a1,ANA SARI,BOGOR
a2,ANA SARI,BOGOR
c1,CITRA,TEGAL
CSV
cat >model.json <<'JSON'
{"link_type": "dedupe_only", "unique_id_column_name": "id", "probability_two_random_records_match": 0.1,
 "padan_thresholds": {"review": 0, "automatic": 2}, "blocking_rules_to_generate_predictions": ["l.town = r.town"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
  {"sql_condition": "name_l = name_r", "m_probability": 0.9, "u_probability": 0.1, "label_for_charts": "equal"},
  {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9, "label_for_charts": "other"}]}]}
JSON
inputs() { sed -n '/"inputs"/,/\]/p' "$1/manifest.json" | grep -e sha256 -e xxh128; }
sha256=$(sha256sum <rows.csv | cut -d' ' -f1)
"$PADAN" dedupe rows.csv --model model.json --unique-id id --out o --quiet >/dev/null || exit 9
inputs o
sed -n '/"outputs"/,/\]/p' o/manifest.json | grep -A 3 clusters.csv | grep -e sha256 -e xxh128
cat o/clusters.csv
gzip -k rows.csv
"$PADAN" dedupe rows.csv.gz --model model.json --unique-id id --out gz --quiet >/dev/null || exit 9
inputs gz | sed 's/[0-9a-f]\{32\}/of what is stored/'
"$PADAN" index rows.csv --out rows.pdx --quiet >/dev/null || exit 9
"$PADAN" dedupe rows.pdx --model model.json --unique-id id --out i --quiet >/dev/null || exit 9
inputs i | sed "s/$sha256/of the file/"
explain() { "$PADAN" explain o a1 c1 2>&1 | grep -c -e 'no longer the one'; }
explain
xxh128=$(inputs o | sed 's/.*: "\([0-9a-f]*\)".*/\1/')
cp o/manifest.json now.json
sed "s/\"xxh128\": \"$xxh128\"/\"sha256\": \"$sha256\"/" now.json >o/manifest.json
explain
sed "s/\"xxh128\": \"$xxh128\"/\"sha256\": \"$(echo "$sha256" | tr 0-9 1-90)\"/" now.json >o/manifest.json
explain
"$PADAN" generate --people 300 --seed 4 --regime baru --out d >/dev/null || exit 9
"$PADAN" run --quiet d/job.yaml >/dev/null 2>&1
run=d/hasil/$(cat d/hasil/TERAKHIR)
pkh=$(sha256sum <d/pkh.csv | cut -d' ' -f1)
inputs "$run" | grep -c "\"sha256\": \"$pkh\""
klaster=$(sha256sum <"$run/klaster.csv" | cut -d' ' -f1)
grep -c "\"sha256\": \"$klaster\"" "$run/manifest.json"
grep -c "^pkh.csv,$pkh," "$run/ringkasan_pemuatan.csv"
