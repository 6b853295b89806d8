# A workbook under the name of a CSV.
. "$(dirname "$0")/data/bad_input.inc"
printf 'PK\003\004\024\000\006\000xl/workbook.xml' >pkh.csv
try
