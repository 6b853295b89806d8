# Brothers and sisters have their surname, father, mother and parish in common and stand in a register in numbers; a first
# name, of which there are few, and a year tell them apart. Not one of them is taken for another. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$words"'function lost(w) { return draw(12) ? w : substr(w, 1, 2) substr(w, 4) }
	function put() { print ++n "," lost(name) "," lost(surname) "," father "," mother "," parish "," (draw(6) ? year : year + 1) "," e >"parish.csv" }
	BEGIN {
		state = 4712
		for (i = 1; i <= 30; i++) first[i] = word(4 + draw(4)); for (i = 1; i <= 300; i++) last[i] = word(4 + draw(6))
		for (i = 1; i <= 25; i++) at[i] = word(6)
		print "id,given,surname,father,mother,parish,year,person" >"parish.csv"
		for (f = 1; f <= 400; f++) {
			surname = last[1 + draw(300)]; father = first[1 + draw(30)]; mother = first[1 + draw(30)]; parish = at[1 + draw(25)]; year = 1780 + draw(60)
			for (p = 1; p <= 1 + draw(5); p++) {
				name = first[1 + draw(30)]; year += 1 + draw(3); e++
				put(); if (draw(4) == 0) put()
			}
		}
	}'
"$PADAN" dedupe parish.csv --unique-id id --ignore person --quiet --out o >/dev/null || exit 9
grep -c ^households o/decisions.txt
"$PADAN" evaluate --truth parish.csv --label-column person --unique-id id o |
	awk '/^all sources/ { print $3, ($6 >= .75 ? "links are right" : "precision " $6), ($7 >= .75 ? "most are found" : "recall " $7) }'
