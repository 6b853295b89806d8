# Repeated ids are kept as id#2 and told.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n' "id_baris,$header" "1,$good" "1,$good" "2,$good" >pkh.csv
try
