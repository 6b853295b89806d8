# What Excel calls Unicode text.
. "$(dirname "$0")/data/bad_input.inc"
printf '\377\376n\000i\000k\000,\000n\000a\000m\000a\000\n\0001\000,\000A\000\n\000' >pkh.csv
try
