# A full name, the year of birth and the village are all there is, and one row in twelve is of somebody who stands twice:
# those who share a word of the name are relatives. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$words"'function spoilt(text) { return draw(6) ? text : slip(text) }
	function row() { print ++n "," spoilt(name) "," year + (draw(12) ? 0 : 1) "," village "," entity }
	BEGIN {
		state = 1517
		for (i = 1; i <= 300; i++) first[i] = word(4 + draw(5)); for (i = 1; i <= 300; i++) last[i] = word(5 + draw(6))
		for (i = 1; i <= 60; i++) place[i] = word(5 + draw(5))
		print "id,name,year,village,entity"
		for (f = 1; f <= 1000; f++) {
			family = last[1 + draw(1 + draw(300))]; village = place[1 + draw(1 + draw(60))]; born = 1940 + draw(40)
			for (p = 1 + draw(5); p > 0; p--) {
				name = first[1 + draw(300)] " " family; year = born + draw(30); entity++
				row(); if (!draw(12)) row()
			}
		}
	}' >people.csv
"$PADAN" dedupe people.csv --unique-id id --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth people.csv --unique-id id --label-column entity o |
	awk '/^all sources/ { print ($6 >= .95 ? "links are right" : "precision " $6), ($7 >= .95 ? "and found" : "recall " $7) }'
