# Names in letters not their own: each word is spelt in another way now and then, so hardly a name is equal. They are no
# families, who differ in a whole word. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$words"'function spelt(text, at) {
		if (draw(10) < 6) return text
		at = 2 + 2 * draw(int(length(text) / 2))
		return substr(text, 1, at - 1) substr("aeiou", 1 + draw(5), 1) substr(text, at + 1)
	}
	function row() { print ++n "," spelt(words[1]) " " spelt(words[2]) " " spelt(words[3]) "," born "," town "," entity }
	BEGIN {
		state = 1123
		for (i = 1; i <= 120; i++) name[i] = word(4 + 2 * draw(3)); for (i = 1; i <= 40; i++) place[i] = word(6 + draw(5))
		print "id,name,born,town,entity"
		for (entity = 1; entity <= 1600; entity++) {
			for (i = 1; i <= 3; i++) words[i] = name[1 + int(draw(120) * draw(120) / 120)]
			born = sprintf("%04d-%02d-%02d", 1940 + draw(60), 1 + draw(12), 1 + draw(28)); town = place[1 + draw(40)]
			row(); if (draw(8) == 0) row()
		}
	}' >people.csv
"$PADAN" dedupe people.csv --unique-id id --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth people.csv --unique-id id --label-column entity o |
	awk '/^all sources/ { print ($6 >= .95 ? "links are right" : "precision " $6), ($7 >= .9 ? "and found" : "recall " $7) }'
