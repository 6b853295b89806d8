# Where nothing is known a date is 01.01.1900, a telephone 0000000000 and a first name UNKNOWN: these are no values, and
# rows that differ in them differ in nothing. Invented people in families, some twice.
. "$(dirname "$0")/data/words.inc"
awk "$words"'function or(value, filler) { return draw(5) == 0 ? filler : value }
	function put() { print ++n "," or(name, "UNKNOWN") "," surname "," or(born, "01.01.1900") "," or(phone, "0000000000") "," street "," e >"people.csv" }
	BEGIN {
		state = 8113
		for (i = 1; i <= 80; i++) first[i] = word(4 + draw(4)); for (i = 1; i <= 300; i++) last[i] = word(4 + draw(6))
		print "id,first,last,born,phone,street,person" >"people.csv"
		for (f = 1; f <= 600; f++) {
			surname = last[1 + draw(300)]; phone = "08" (100000000 + draw(899999999)); street = word(8) " " (1 + draw(90))
			for (p = 1; p <= 1 + draw(4); p++) {
				name = first[1 + draw(80)]; born = sprintf("%02d.%02d.%d", 1 + draw(28), 1 + draw(12), 1940 + draw(70)); e++
				put(); if (draw(4) == 0) put()
			}
		}
	}'
"$PADAN" dedupe people.csv --unique-id id --ignore person --quiet --out o >/dev/null || exit 9
grep ^filler o/decisions.txt
"$PADAN" evaluate --truth people.csv --label-column person --unique-id id o |
	awk '/^all sources/ { print $3, ($6 >= .75 ? "links are right" : "precision " $6), ($7 >= .75 ? "most are found" : "recall " $7) }'
"$PADAN" dedupe people.csv --unique-id id --model o/model.json --quiet --out again >/dev/null || exit 9
cmp o/clusters.csv again/clusters.csv && echo the model finds the same
