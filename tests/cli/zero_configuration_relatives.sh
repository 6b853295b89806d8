# Two lists of full names and telephones, some of whose people are in both. A family has one telephone: who is in one
# list alone has a brother in the other, and nobody else who is as like. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$words"'function spoilt(text) { return draw(6) ? text : slip(text) }
	function row(list) {
		n++; print list n "," spoilt(name) "," spoilt(phone) >(list ".csv")
		print list "," list n "," entity >"truth.csv"
	}
	BEGIN {
		state = 2718
		for (i = 1; i <= 300; i++) first[i] = word(4 + draw(5)); for (i = 1; i <= 300; i++) last[i] = word(5 + draw(6))
		print "id,name,phone" >"a.csv"; print "id,name,phone" >"b.csv"
		print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (f = 1; f <= 600; f++) {
			family = last[1 + draw(300)]; phone = "08" 10000000 + draw(9999999) draw(10)
			for (p = 1 + draw(5); p > 0; p--) {
				name = first[1 + draw(300)] " " family; entity++
				in_both = draw(6) == 0; in_a = draw(2)
				if (in_both || in_a) row("a")
				if (in_both || !in_a) row("b")
			}
		}
	}'
"$PADAN" link a.csv b.csv --unique-id id --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth truth.csv --link-only o |
	awk '/^all sources/ { print ($6 >= .95 ? "links are right" : "precision " $6), ($7 >= .85 ? "and found" : "recall " $7) }'
