# Registers of three hospitals in which people stand once for every admission: its date, which differs between the rows of
# one person, is left out of a link too. Invented people.
. "$(dirname "$0")/data/words.inc"
invented="$words"'function day(y, n) { return sprintf("%04d-%02d-%02d", y + draw(n), 1 + draw(12), 1 + draw(28)) }
	function spoilt(text) { return draw(12) ? text : slip(text) }
	function invent_words() {
		state = 1897
		for (i = 1; i <= 300; i++) first[i] = word(4 + draw(4)); for (i = 1; i <= 400; i++) last[i] = word(5 + draw(4))
		for (i = 1; i <= 300; i++) road[i] = word(4 + draw(5)) " street"; for (i = 1; i <= 40; i++) town[i] = word(5 + draw(4))
	}
	function invent_person() {
		given = first[1 + draw(300)]; family = last[1 + draw(400)]; place = 1 + draw(40)
		home = 1 + draw(200) " " road[1 + draw(300)]; born = day(1930, 80); person++
	}
'
awk "$invented"'BEGIN {
	invent_words()
	print "id,source,given,family,born,home,town,admitted" >"registers.csv"; print "source_dataset,unique_id,entity_id" >"truth.csv"
	for (p = 1; p <= 900; p++) {
		invent_person()
		for (s = 1; s <= 3; s++) for (k = draw(3) ? 0 : 1 + draw(3); k > 0; k--) {
			print ++n ",h" s "," spoilt(given) "," spoilt(family) "," born "," spoilt(home) "," town[place] "," day(2019, 5) >"registers.csv"
			print "h" s "," n "," p >"truth.csv"
		}
	}
}'
"$PADAN" link registers.csv --source-column source --link-type link_only --unique-id id --quiet --out o >/dev/null || exit 9
grep '^left out' o/decisions.txt
"$PADAN" evaluate --truth truth.csv --link-only --json o |
	grep -o '"pairs":{[^}]*"f1":[0-9.]*' | sed 's/.*"f1"://' | awk '{ print ($1 > .95 ? "found" : "F1 " $1) }'
