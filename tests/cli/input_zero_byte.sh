# Text but for a zero byte before its first row.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n%s\n' "$header" "$good" >text.csv
{ printf '\000' && cat text.csv; } >pkh.csv
try
