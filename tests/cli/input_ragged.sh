# Rows with too few or too many cells are rejected, the others are read.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n' $header "$good" 'x,y' "$good,z,z" "$good" >pkh.csv
try
