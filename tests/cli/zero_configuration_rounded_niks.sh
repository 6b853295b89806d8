# A spreadsheet has made the last digit of all NIKs 0: those who were born on one day in one district have one number, which
# is no evidence beside the date.
"$PADAN" generate --people 12000 --seed 8 --regime daerah --out d >/dev/null || exit 9
awk -F, -v OFS=, 'NR > 1 { number = $2; gsub(/[^0-9]/, "", number); if (length(number) == 16) $2 = substr(number, 1, 15) "0" } { print }' \
	d/dtsen.csv >dtsen.csv
"$PADAN" dedupe dtsen.csv --unique-id unique_id --quiet --out o >/dev/null || exit 9
grep -E '^column +nik' o/decisions.txt | cut -c1-83
grep -E '^(source_dataset|dtsen),' d/truth.csv >truth.csv
"$PADAN" evaluate --truth truth.csv o | awk '/^all sources/ { print ($6 >= .92 && $7 >= .96 ? "found" : $0) }'
# Where nothing else tells when somebody was born, it is.
cut -d, -f1-5,7- dtsen.csv >undated.csv
"$PADAN" dedupe undated.csv --unique-id unique_id --quiet --out undated >/dev/null || exit 9
grep -E '^column +nik' undated/decisions.txt | sed 's/[0-9]* values/N values/'
# Beside a list whose NIKs are whole, none of these is equal to any of those.
"$PADAN" link dtsen.csv d/sembako.csv --unique-id unique_id --quiet --out link >/dev/null || exit 9
grep -E '^column +nik' link/decisions.txt
grep -E '^(source_dataset|dtsen|sembako),' d/truth.csv >truth.csv
"$PADAN" evaluate --link-only --truth truth.csv link | awk '/^all sources/ { print ($6 >= .99 && $7 >= .995 ? "linked" : $0) }'
# Where the whole ones are compared with each other too, the rounded ones count as missing.
"$PADAN" dedupe dtsen.csv d/sembako.csv --unique-id unique_id --quiet --out both >/dev/null || exit 9
grep -E '^column +nik' both/decisions.txt | sed 's/[0-9]* values/N values/'
grep -c "CASE WHEN right(lower(\\\\\"nik_l\\\\\"),1) <> '0' THEN" both/model.json | awk '{ print ($1 > 0 ? "missing" : "") }'
