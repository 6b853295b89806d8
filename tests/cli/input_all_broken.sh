# A quote that is never closed in the only row: nothing is left, and that is said.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n' $header "3201014101809001,,\"SITI AMINAH,BOGOR,1980-01-01,P,32.01.01.1001,600000" >pkh.csv
try
