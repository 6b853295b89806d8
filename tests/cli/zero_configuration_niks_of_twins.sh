# Twins of one file have all in common but the serial of the NIK and a letter of the name: they are told by their number.
"$PADAN" generate --people 12000 --seed 8 --regime daerah --out d >/dev/null || exit 9
"$PADAN" dedupe d/dtsen.csv --unique-id unique_id --quiet --out o >/dev/null || exit 9
grep -E '^twins' o/decisions.txt | cut -c1-52
grep -E '^(source_dataset|dtsen),' d/truth.csv >truth.csv
"$PADAN" evaluate --truth truth.csv o | awk '/^all sources/ { print ($6 >= .98 && $7 >= .98 ? "found" : $0) }'
# What is told to be wrong is near what is.
sed -n 's/^threshold .* \([0-9.]*\) % are expected to be wrong.*/\1/p' o/decisions.txt | awk '{ print ($1 > .9 && $1 < 2 ? "told" : $0) }'
# The model says it all.
"$PADAN" dedupe d/dtsen.csv --unique-id unique_id --model o/model.json --quiet --out again >/dev/null || exit 9
cmp o/clusters.csv again/clusters.csv
# Without the younger twins two numbers of one birth are slips of the pen.
awk -F, 'NR == FNR { house[$2] = $4; person[$2] = $3; next }
    FNR == 1 { print; next }
    { birth = house[$1] "," $6; if (!(birth in elder)) elder[birth] = person[$1]; if (elder[birth] == person[$1]) print }' \
    truth.csv d/dtsen.csv >alone.csv
"$PADAN" dedupe alone.csv --unique-id unique_id --quiet --out alone >/dev/null || exit 9
grep -E '^(twins|threshold|doubt)' alone/decisions.txt | cut -c1-10
