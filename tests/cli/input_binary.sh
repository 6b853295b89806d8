# Bytes that are no text.
. "$(dirname "$0")/data/bad_input.inc"
printf 'nik,nama\n\001\002\003\000\377\376\n\004\005\006\000\000\n' >pkh.csv
try
