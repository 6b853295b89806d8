# What Excel calls Unicode text, and half a character at the end of it.
. "$(dirname "$0")/data/bad_input.inc"
printf '\377\376' >pkh.csv
printf '%s\n%s\n' "$header" "$good" | tr , '\t' | iconv -f utf-8 -t utf-16le >>pkh.csv
(try)
grep -o 'utf-16,tab' hasil/contoh-0001/ringkasan_pemuatan.csv
rm -r hasil
printf 'A' >>pkh.csv
try
