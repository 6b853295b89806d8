# Pages, or files, put one behind another repeat their header, with quotes or a BOM or as it is: such rows are no people,
# and an index of the file knows them too. A row that differs in a cell is a row.
. "$(dirname "$0")/data/bad_input.inc"
quoted=$(echo $header | sed 's/[^,]*/"&"/g')
bom=$(printf '\357\273\277')
printf '%s\n' $header "$good" $header "$good" "$quoted" "$bom$header" "$bom$quoted" "$(echo $header | sed s/nama/ani/)" >pkh.csv
sed -i 's/rejected_percent: 50/rejected_percent: 70/' job.yaml
"$PADAN" index --quiet pkh.csv | grep -o '[0-9]* rows.*'
sed 's/pkh.csv/pkh.csv.padan/; s/^name: contoh/name: indeks/' job.yaml >indeks.yaml
"$PADAN" run --quiet indeks.yaml >/dev/null || echo "index: exit $?"
(try)
diff -r -q -x manifest.json -x jejak.jsonl -x konfigurasi -x laporan.html hasil/contoh-0001 hasil/indeks-0001
