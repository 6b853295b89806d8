# Columns at the end of a header that have no name, over notes that somebody wrote there: the rows are taken, where all that
# had a note were rejected. Where rows end with the last name, the empty cells of the header are none, and nobody is lost.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n' "$header,," "$good,moved," "$good,," "$good,,dead" "$header,," >pkh.csv
(try)
rm -r hasil
printf '%s\n' "$header,," "$good" "$good" "$good,x," >pkh.csv
(try)
printf 'name,town,\nANI,SOLO,a\nANI,SOLO,a\nBUDI,SOLO,b\nBUDI,SOLO,b\n' >rows.csv
"$PADAN" check rows.csv | grep kolom_
