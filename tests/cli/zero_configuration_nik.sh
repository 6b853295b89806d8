# People of one district and birth date have NIKs that differ in a digit: no evidence that they are one.
"$PADAN" generate --people 9000 --seed 5 --regime baru --out d >/dev/null || exit 9
"$PADAN" link d/kependudukan.csv d/pbi_jk.csv --unique-id unique_id --quiet --out o >/dev/null || exit 9
grep -E '^column +(nik|no_kk)' o/decisions.txt | sed 's/[0-9]* values/N values/'
grep -E '^(source_dataset|kependudukan|pbi_jk),' d/truth.csv >truth.csv
"$PADAN" evaluate --truth truth.csv --link-only o | awk '/^all sources/ { print ($6 >= .97 && $7 >= .97 ? "found" : $0) }'
# A register holds twins of one house and date, but nobody twice.
"$PADAN" dedupe d/kependudukan.csv --unique-id unique_id --quiet --out alone >/dev/null || exit 9
grep -E '^doubt' alone/decisions.txt | cut -c1-55
tail -n +2 alone/clusters.csv | cut -d, -f3 | sort | uniq -d | wc -l
