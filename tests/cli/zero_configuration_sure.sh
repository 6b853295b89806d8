# Given name, family name and post code are all there is, and families outnumber the people who stand twice. Families
# differ in the given name; the rows that are equal in it besides are many more than chance makes, and are linked. Without
# people who stand twice nothing is. Invented people.
make_file() {
	awk -v twice="$1" 'function draw(n) { state = (state * 16807) % 2147483647; return state % n }
		function word(n, w) { for (w = ""; length(w) < n;) w = w substr("bcdfghklmnprstvz", 1 + draw(16), 1) substr("aeiou", 1 + draw(5), 1); return w }
		function spoilt(text, at) {
			if (draw(8)) return text
			at = 2 + draw(length(text) - 2)
			return substr(text, 1, at - 1) substr(text, at + 1)
		}
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
		awk '/^all sources/ { print ($4 < 3 ? "hardly a link" : $6 >= .9 ? "links are right" : "precision " $6), ($3 == 0 ? "" : $7 >= .5 ? "and found" : "recall " $7) }'
	awk '/^sure/ { n++ } END { print n + 0 }' o/decisions.txt
done
