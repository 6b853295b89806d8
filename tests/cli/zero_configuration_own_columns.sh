# A register of families is linked with a list of members by family name and address. Who of a family is meant is said by
# years of birth on one side, by first names on the other, and by nothing that both have.
# Rows of a family are not taken for one person that stands several times. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$words"'BEGIN {
		state = 4711
		for (i = 1; i <= 300; i++) first[i] = word(4 + draw(4)); for (i = 1; i <= 500; i++) last[i] = word(5 + draw(6))
		print "id,nama,marga,jalan,kodepos" >"register.csv"
		print "id,year,family,street,post" >"anggota.csv"
		print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (f = 1; f <= 700; f++) {
			family = last[1 + draw(500)]; street = word(9) " " 1 + draw(90); post = 10000 + draw(900)
			for (p = 1 + draw(4); p > 0; p--) {
				given = first[1 + draw(300)]; year = 1940 + draw(75); entity++
				print "r" entity "," given "," family "," street "," post >"register.csv"
				print "register,r" entity "," entity >"truth.csv"
				if (draw(3)) continue
				print "u" ++n "," year "," toupper(family) "," toupper(street) "," post >"anggota.csv"
				print "anggota,u" n "," entity >"truth.csv"
			}
		}
	}'
"$PADAN" link register.csv anggota.csv --unique-id id --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth truth.csv --link-only o | awk '/^all sources/ { print ($4 * .1 >= $4 - $5 ? "links are right" : "precision " $6) }'
grep -c '^cannot tell' o/decisions.txt
