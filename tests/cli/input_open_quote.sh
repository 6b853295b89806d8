# A quote that is never closed costs its own row only.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n' $header "$good" "3201014101809001,,\"SITI AMINAH,BOGOR,1980-01-01,P,32.01.01.1001,600000" "$good" "$good" >pkh.csv
try
