# Patients with up to 37 visits: those of one day stand out, and the others pass for related rows as long as the dates are
# compared. No family is doubted, but more is found without: decisions.txt says so. Each patient once: no link. Invented
# people.
. "$(dirname "$0")/data/words.inc"
awk "$words"'
function spoilt(text) { return draw(12) ? text : slip(text) }
BEGIN {
	state = 1897
	for (i = 1; i <= 300; i++) first[i] = word(4 + draw(4))
	for (i = 1; i <= 400; i++) last[i] = word(5 + draw(4))
	print "id,name,given,age,year,ward,post,came,person"
	for (p = 1; p <= 700; p++) {
		given = first[1 + draw(300)]; family = last[1 + draw(400)]; post = 100 + draw(90); age = 20 + draw(60)
		for (k = draw(2) ? 1 : 2 + draw(36); k > 0; k--) {
			year = 2015 + (k > 31 ? 8 : int(k / 4)); came = sprintf("%d-%02d-%02d", year, 1 + draw(12), 1 + draw(28))
			print ++n "," spoilt(family) "," (draw(5) ? spoilt(given) : substr(given, 1, 1) ".") "," age + year - 2015 - draw(2) "," year "," draw(4) "," post "," came "," p
		}
	}
}' >visits.csv
"$PADAN" dedupe visits.csv --ignore person --unique-id id --quiet --out v >/dev/null || exit 9
grep '^left out' v/decisions.txt
"$PADAN" evaluate --truth visits.csv --unique-id id --label-column person --json v | grep -o '"pairs":{[^}]*"f1":[0-9.]*' | sed 's/.*"f1"://' | awk '{ print ($1 > .95 ? "found" : "F1 " $1) }'

awk -F, '!seen[$9]++' visits.csv >once.csv
"$PADAN" dedupe once.csv --unique-id id --ignore person --quiet --out t >/dev/null || exit 9
echo "linked rows: $(($(wc -l <t/clusters.csv) - 1 - $(cut -d, -f3 t/clusters.csv | tail -n +2 | sort -u | wc -l)))"
