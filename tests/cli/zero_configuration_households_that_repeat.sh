# Households of one to five, most of them with one telephone, a spouse by another surname, each person in one to ten rows: most
# pairs that are alike are of two people, fewer differ in the given name than would be a doubt. Names that stand in several
# rows are names of people, and a slip stands in one: so households are learned. Invented people.
. "$(dirname "$0")/data/words.inc"
awk -v state=1013 "$words"'function spoilt(text) { return draw(12) ? text : slip(text) }
	function settle() { street = road[1 + draw(700)]; house = 1 + draw(120) }
	BEGIN {
		for (i = 1; i <= 700; i++) first[i] = word(3 + draw(5)); for (i = 1; i <= 900; i++) last[i] = word(5 + draw(5))
		for (i = 1; i <= 700; i++) road[i] = word(6 + draw(5)) " street"
		print "id,given,surname,street,house,phone"; print "id,entity_id" >"truth.csv"
		for (f = 1; f <= 300; f++) {
			family = last[1 + draw(1 + draw(900))]; settle(); s0 = street; h0 = house; shared = 100000000 + draw(899999999)
			for (p = 1 + draw(5); p > 0; p--) {
				given = first[1 + draw(1 + draw(700))]; entity++; if (p == 1) family = last[1 + draw(900)]; own = draw(5) < 3 ? shared : 100000000 + draw(899999999)
				for (r = draw(5) < 2 ? 1 : 1 + draw(10); r > 0; r--) {
					street = s0; house = h0; phone = own
					if (r > 1 && !draw(20)) { settle(); if (draw(5) < 2) phone = 100000000 + draw(899999999) }
					printf "r%d,%s,%s,%s,%s,0%s\n", ++n, spoilt(given), spoilt(family), spoilt(street), house, draw(20) ? phone : phone + 1
					print "r" n "," entity >"truth.csv"
				}
			}
		}
	}' >people.csv
"$PADAN" dedupe people.csv --unique-id id --quiet --out o >/dev/null || exit 9
told=$(sed -n 's/^threshold .* of which \([0-9.]*\) % .*/\1/p' o/decisions.txt)
"$PADAN" evaluate --truth truth.csv o | awk -v told="$told" '/^all sources/ {
	wrong = 100 * (1 - $6)
	print ($6 >= .95 && $7 >= .9 ? "found" : $0), ((wrong - told) ^ 2 < 9 ? "as is told" : "told " told " true " wrong) }'
