# Twelve columns of few values that differ between the rows of a person as between any outweigh names and a date, from
# the usual start of training: nothing was found. Each person once: no link. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$words"'
function spoilt(text) { return draw(6) ? text : slip(text) }
function put(i) {
	for (i = line = ""; i < 12; i++) line = line "," draw(8)
	print ++n "," spoilt(given) "," spoilt(family) "," born line "," p
}
BEGIN {
	state = 2511
	for (i = 1; i <= 200; i++) first[i] = word(4 + draw(4))
	for (i = 1; i <= 300; i++) last[i] = word(5 + draw(4))
	print "id,given,family,born,ward,clinic,channel,state,plan,class,level,group,round,shift,grade,team,person"
	for (p = 1; p <= 1500; p++) {
		given = first[1 + draw(200)]; family = last[1 + draw(300)]
		born = sprintf("19%02d-%02d-%02d", 30 + draw(70), 1 + draw(12), 1 + draw(28))
		put()
		if (!draw(3)) put()
	}
}' >rows.csv
"$PADAN" dedupe rows.csv --unique-id id --ignore person --quiet --out o >/dev/null || exit 9
grep -o '^few values .*start' o/decisions.txt
"$PADAN" evaluate --truth rows.csv --unique-id id --label-column person --json o | grep -o '"pairs":{[^}]*"f1":[0-9.]*' | sed 's/.*"f1"://' | awk '{ print ($1 > .97 ? "found" : "F1 " $1) }'

awk -F, '!seen[$17]++' rows.csv >once.csv
"$PADAN" dedupe once.csv --unique-id id --ignore person --quiet --out t >/dev/null || exit 9
echo "linked rows: $(($(wc -l <t/clusters.csv) - 1 - $(cut -d, -f3 t/clusters.csv | tail -n +2 | sort -u | wc -l)))"
