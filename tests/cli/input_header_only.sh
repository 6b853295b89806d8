# A header and not one row.
. "$(dirname "$0")/data/bad_input.inc"
echo $header >pkh.csv
try
