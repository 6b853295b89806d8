# Households share surname, address, postcode and telephone and outnumber the duplicates by far. Their members differ in a
# name of two words and are not linked, the duplicates are. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$words"'BEGIN {
		state = 4712
		for (i = 1; i <= 150; i++) first[i] = word(4 + draw(4)); for (i = 1; i <= 300; i++) last[i] = word(4 + draw(6))
		print "id,name,phone,address,postcode,born,person" >"households.csv"
		for (f = 1; f <= 450; f++) {
			l = last[1 + draw(300)]; t = "08" (100000000 + draw(899999999)); a = (1 + draw(90)) " " word(8) " lane"; z = 10000 + draw(89999)
			for (p = 1; p <= 1 + draw(5); p++) {
				name = first[1 + draw(150)] " " l; y = (1940 + draw(70)) "-" sprintf("%02d-%02d", 1 + draw(12), 1 + draw(28)); e++
				print ++n "," name "," t "," a "," z "," y "," e >"households.csv"
				if (draw(20) == 0) print ++n "," (draw(3) ? name : substr(name, 1, 2) substr(name, 4)) "," (draw(3) ? t : "") "," a "," z "," (draw(4) ? y : "") "," e >"households.csv"
			}
		}
	}'
"$PADAN" dedupe households.csv --unique-id id --ignore person --quiet --out o >/dev/null || exit 9
grep -cE '^related .*phone' o/decisions.txt
"$PADAN" evaluate --truth households.csv --label-column person --unique-id id o |
	awk '/^all sources/ { print $3, ($6 >= .9 ? "links are right" : "precision " $6), ($7 >= .8 ? "most are found" : "recall " $7) }'
