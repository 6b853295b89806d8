# A slip in a name of `columns` would take the column away: a header that padan knows is called by a name of padan's. A
# header that it does not know may have a name of the job's own.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n' "$header,mobil" "$good,ya" >pkh.csv
sed 's/path: pkh.csv/path: pkh.csv, columns: {punya_mobil: mobil}/; s/^name.*/name: sendiri/' job.yaml >sendiri.yaml
"$PADAN" run --quiet sendiri.yaml
echo "exit $?"
sed -i 's/path: pkh.csv/path: pkh.csv, columns: {namaa: nama}/' job.yaml
"$PADAN" run --quiet job.yaml
