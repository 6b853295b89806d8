# A link in which a row in three is damaged in all of its values, as those that were read by a machine are, and the others
# in none. Keys that find what is damaged now and then left one in ten of those rows without a whole one. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$words"'function spoilt(text, i, at) {
		if (!bad) return text
		for (i = 0; i < 2 + draw(2); i++) {
			at = 1 + draw(length(text))
			text = substr(text, 1, at - 1) (draw(3) ? word(1) : draw(10)) substr(text, at + 1)
		}
		return text
	}
	function row(file) {
		print substr(file, 1, 1) "," ++n "," entity >"truth.csv"
		print n "," spoilt(first) "," spoilt(last) "," spoilt(mother) "," spoilt(street) "," spoilt(phone) >file
	}
	BEGIN {
		state = 5
		for (i = 1; i <= 300; i++) names[i] = word(5 + draw(5)); for (i = 1; i <= 900; i++) lasts[i] = word(6 + draw(5))
		for (i = 1; i <= 900; i++) streets[i] = word(7 + draw(5)) " " word(5 + draw(3))
		print "id,first,last,mother,street,phone" >"a.csv"; print "id,first,last,mother,street,phone" >"b.csv"
		print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (entity = 1; entity <= 4000; entity++) {
			first = names[1 + draw(300)]; last = lasts[1 + draw(900)]; mother = names[1 + draw(300)] " " lasts[1 + draw(900)]
			street = streets[1 + draw(900)]; phone = "08" (100000000 + draw(900000000))
			bad = 0
			if (entity > 1000) row("a.csv")
			bad = !draw(3)
			if (entity <= 3000) row("b.csv")
		}
	}'
"$PADAN" link a.csv b.csv --unique-id id --quiet --out o >/dev/null || exit 9
grep -o '^damage  *the rules find .[0-9]* of matches' o/decisions.txt | sed 's/[0-9]\.[0-9]*/less/'
"$PADAN" evaluate --truth truth.csv --link-only o |
	awk '/^all sources/ { print ($6 >= .99 ? "links are right" : "precision " $6), ($7 >= .98 ? "and found" : "recall " $7) }'
