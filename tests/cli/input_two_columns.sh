# Two columns are both nik: a silent choice would link the wrong people.
. "$(dirname "$0")/data/bad_input.inc"
printf 'NIK KTP,nik,nama\n3201014101809001,3201014101809001,SITI AMINAH\n' >pkh.csv
try
