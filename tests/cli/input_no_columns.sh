# No header is known, and the job does not say which column is which.
. "$(dirname "$0")/data/bad_input.inc"
printf 'warna;ukuran\nmerah;1\nbiru;2\n' >pkh.csv
try
