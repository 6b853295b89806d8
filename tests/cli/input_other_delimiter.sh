# Columns that are parted by what parts no columns are one column: the sentence says so.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n' $header "$good" | tr , '^' >pkh.csv
try
