# Given name, family name and post code are all there is, and families outnumber the people who stand twice: these are
# found, as in most of what training takes for matches all columns are alike, though no two of them are sure of one. Without
# people who stand twice nothing is linked. Invented people.
. "$(dirname "$0")/data/words.inc"
make_file() {
	awk -v twice="$1" "$words"'function spoilt(text) { return draw(8) ? text : slip(text) }
		function row() { print ++n "," spoilt(given) "," spoilt(family) "," post "," entity }
		BEGIN {
			state = 4711
			for (i = 1; i <= 800; i++) first[i] = word(4 + draw(5)); for (i = 1; i <= 700; i++) last[i] = word(5 + draw(6))
			print "id,given,family,post,entity"
			for (f = 1; f <= 700; f++) {
				family = last[1 + draw(1 + draw(700))]; post = 10000 + draw(1 + draw(50)) * 37
				for (p = 2 + draw(4); p > 0; p--) {
					given = first[1 + draw(800)]; entity++
					row(); if (twice && !draw(16)) row()
				}
			}
		}'
}
for twice in 1 0; do
	make_file $twice >people.csv
	"$PADAN" dedupe people.csv --unique-id id --quiet --out o >/dev/null || exit 9
	"$PADAN" evaluate --truth people.csv --unique-id id --label-column entity o |
		awk '/^all sources/ { print ($4 < 3 ? "hardly a link" : $6 >= .9 ? "links are right" : "precision " $6), ($3 == 0 ? "" : $7 >= .9 ? "and found" : "recall " $7) }'
done

# Addresses that families share, and a list in which people stand up to four times: what differs in the given name is
# families, which households explain.
awk "$words"'function spoilt(text) { return draw(5) ? text : slip(text) }
	function row(source) { print ++n "," source "," spoilt(given) "," spoilt(family) "," spoilt(street) "," house "," town "," entity }
	BEGIN {
		state = 4711
		for (i = 1; i <= 200; i++) first[i] = word(4 + draw(5)); for (i = 1; i <= 500; i++) last[i] = word(5 + draw(6))
		for (i = 1; i <= 300; i++) streets[i] = word(6 + draw(6)) " street"
		print "id,source,given,family,street,house,town,entity"
		for (f = 1; f <= 500; f++) {
			family = last[1 + draw(1 + draw(500))]; street = streets[1 + draw(300)]; house = 1 + draw(120); town = "town" substr("abcdefghijklmnopqrst", 1 + draw(20), 1)
			for (p = 1 + draw(5); p > 0; p--) {
				given = first[1 + draw(1 + draw(200))]; entity++
				if (draw(10) < 7) row("a"); if (draw(10) < 6) for (k = 1 + draw(4); k > 0; k--) row("b")
			}
		}
	}' >both.csv
"$PADAN" link both.csv --unique-id id --source-column source --quiet --out o2 >/dev/null || exit 9
grep -c '^households' o2/decisions.txt
"$PADAN" evaluate --truth both.csv --unique-id id --label-column entity --link-only o2 |
	awk '/^all sources/ { print ($6 >= .95 ? "links are right" : "precision " $6), ($7 >= .95 ? "and found" : "recall " $7) }'
