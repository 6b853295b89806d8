# Names in letters not their own, most words of which are spelt in another way and some left out: hardly one is equal, and
# few differ by slips alone. They are no families, as most were born on one day and share a telephone, and twins are
# fewer. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$words"'function vowel() { return substr("aeiou", 1 + draw(5), 1) }
	function spelt(text) { return draw(10) < 2 ? text : substr(text, 1, 1) vowel() substr(text, 3) }
	function row(  middle) {
		middle = draw(3) == 0 ? " " : " " spelt(words[2]) " "
		print ++n "," spelt(words[1]) middle spelt(words[3]) "," born "," telephone "," entity
	}
	BEGIN {
		state = 1123
		for (i = 1; i <= 120; i++) name[i] = word(8 + 2 * draw(3))
		print "id,name,born,telephone,entity"
		for (entity = 1; entity <= 1600; entity++) {
			for (i = 1; i <= 3; i++) words[i] = name[1 + int(draw(120) * draw(120) / 120)]
			born = sprintf("%04d-%02d-%02d", 1940 + draw(60), 1 + draw(12), 1 + draw(28)); telephone = "08" (10000000 + draw(90000000))
			row(); if (draw(8) == 0) row()
		}
	}' >people.csv
"$PADAN" dedupe people.csv --unique-id id --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth people.csv --unique-id id --label-column entity o |
	awk '/^all sources/ { print ($6 >= .95 ? "links are right" : "precision " $6), ($7 >= .9 ? "and found" : "recall " $7) }'
