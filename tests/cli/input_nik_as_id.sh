# An id that is a NIK would stand in every report.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n' "unique_id,$header" "3201014101809001,$good" "3201010505789002,$good" >pkh.csv
try
