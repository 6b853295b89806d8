# A spreadsheet export that keeps digits as texts by ="...", headers too: read as what it shows.
cat >roster.csv <<'ROWS'
="NIK",="NAMA PENERIMA",="TGL LAHIR",="NOMINAL"
="3201014101809001",="SITI AMINAH",="1980-01-01",="600000"
="3201010505789002",="BUDI SANTOSO",="1978-05-05",="600000"
="NIK",="NAMA PENERIMA",="TGL LAHIR",="NOMINAL"
="3201010606799003",="AHMAD FAUZI",="1979-06-06",="600000"
ROWS
"$PADAN" check roster.csv | grep 'rows \|<-\|ALARM\|NIK  '
cat >model.json <<'EOF'
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.1,
 "blocking_rules_to_generate_predictions": ["l.nama = r.nama"],
 "comparisons": [{"output_column_name": "nama", "comparison_levels": [
  {"sql_condition": "nama_l = nama_r", "m_probability": 0.9, "u_probability": 0.01},
  {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99}]}]}
EOF
printf '="kode",="nama"\n="01",="ANI"\n02,ANI\n' >any.csv
"$PADAN" dedupe any.csv --unique-id kode --model model.json --quiet --out o
cat o/clusters.csv
exit 0
