# A file of no bytes, or of blanks only.
. "$(dirname "$0")/data/bad_input.inc"
: >pkh.csv
try
