# Two files of other people of the same families have no link; with a person of every third family in both, those are
# found. A file of goods without duplicates stays as it is. Invented people and goods.
. "$(dirname "$0")/data/western_names.inc"
awk "$western_names"'BEGIN {
	srand(7)
	invent_names(300)
	print "id,given,family,born,street,zip" >"a.csv"
	print "id,given,family,born,street,zip" >"b.csv"
	for (f = 1; f <= 300; f++) {
		s = sprintf("%d %s lane", 1 + int(rand() * 90), last[int(rand() * 300) + 1]); z = sprintf("%05d", 10000 + int(rand() * 80000))
		for (p = 1; p <= 4; p++)
			printf "%d,%s,%s,%04d-%02d-%02d,%s,%s\n", ++n, first[(f * 7 + p * 11) % 30 + 1], last[f], 1930 + int(rand() * 70), 1 + int(rand() * 12), 1 + int(rand() * 28), s, z >(p % 2 ? "a.csv" : "b.csv")
	}
	split("acme borex cintra delvo", brand, " "); split("kettle toaster lamp radio heater mixer", noun, " "); split("black white steel small large travel compact digital", adjective, " ")
	print "nr,name,text,price" >"goods.csv"
	for (i = 1; i <= 400; i++) {
		t = brand[int(rand() * 4) + 1] " " adjective[int(rand() * 8) + 1] " " adjective[int(rand() * 8) + 1] " " noun[int(rand() * 6) + 1]
		m = sprintf("%c%c%d", 65 + rand() * 26, 65 + rand() * 26, 100 + rand() * 9000)
		printf "%d,%s with cord %s,%s %s for the home and the kitchen with cord and one year guarantee,%d\n", i, t, m, t, m, 10 * int(1 + rand() * 20) >"goods.csv"
	}
}'
linked() { echo "$(($(wc -l <$1/clusters.csv) - 1 - $(cut -d, -f3 $1/clusters.csv | tail -n +2 | sort -u | wc -l)))"; }
"$PADAN" link a.csv b.csv --unique-id id --quiet --out apart >/dev/null || exit 9
echo "other people of the same families: $(linked apart) linked"
grep -o '^inside .*: chance and kinship' apart/decisions.txt | sed 's/[0-9][0-9]*/N/g'

awk -F, 'NR > 1 && (NR - 2) % 6 == 0 { printf "b%s,%s,%s,%s,%s,%s\n", $1, $2, substr($3, 1, 2) substr($3, 4), $4, $5, $6 }' a.csv >>b.csv
"$PADAN" link a.csv b.csv --unique-id id --quiet --out common >/dev/null || exit 9
echo "100 people in both: $(linked common) linked"
awk -F, 'NR > 1 { id = $2; sub(/^b/, "", id); if (c[$3] == "") c[$3] = id; else if (c[$3] != id) wrong++ } END { print "wrong: " wrong + 0 }' common/clusters.csv

"$PADAN" dedupe goods.csv --unique-id nr --quiet --out goods >/dev/null || exit 9
echo "goods without duplicates: $(linked goods) linked, told why: $(grep -c '^doubt' goods/decisions.txt)"

# Columns must have the same names, or values that are alike.
printf 'colour,grams\nred,12\nblue,7\ngreen,9\n' >other.csv
"$PADAN" link a.csv other.csv --quiet --out other
echo "exit $?"
