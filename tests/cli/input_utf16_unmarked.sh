# UTF-16 that does not say so at its beginning.
. "$(dirname "$0")/data/bad_input.inc"
printf 'n\000i\000k\000,\000n\000a\000m\000a\000\n\0001\000,\000A\000\n\000' >pkh.csv
try
