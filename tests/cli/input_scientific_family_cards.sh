# A spreadsheet wrote family card numbers as numbers with an exponent: families of the rows cannot be told by them.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n' $header '3201014101809001,"3,20101E+15",SITI AMINAH,BOGOR,1980-01-01,P,32.01.01.1001,600000' "$good" >pkh.csv
try
