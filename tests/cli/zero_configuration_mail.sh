# Customers whose e-mail addresses are made of their names. Namesakes have nearly the same address, which says no more than
# their names do; the telephone tells them apart. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$words"'function skewed(n, x) { x = draw(1000) / 1000; return 1 + int(n * x * x) }
	function spoilt(text) { return draw(6) ? text : slip(text) }
	function row() { print ++n "," spoilt(name) "," spoilt(mail) "," spoilt(phone) "," town "," entity }
	BEGIN {
		state = 99
		for (i = 1; i <= 150; i++) first[i] = word(4 + draw(5)); for (i = 1; i <= 200; i++) last[i] = word(5 + draw(6))
		for (i = 1; i <= 20; i++) towns[i] = word(7)
		print "id,name,mail,phone,town,entity"
		for (entity = 1; entity <= 3000; entity++) {
			given = first[skewed(100)]; if (entity % 3 == 1) family = last[skewed(120)]
			name = given " " (draw(2) ? first[skewed(150)] " " : "") family
			mail = given substr("._", draw(3), 1) family (draw(3) ? 10 + draw(90) : "") "@" substr("abc", 1 + draw(3), 1) "mail.com"
			if (entity % 3 == 1 || draw(2)) phone = "08" (100000000 + draw(900000000))
			town = towns[skewed(20)]
			row(); if (!draw(20)) row()
		}
	}' >people.csv
"$PADAN" dedupe people.csv --unique-id id --ignore entity --quiet --out o >/dev/null || exit 9
grep -o '^dependence  *mail is predicted by name' o/decisions.txt
"$PADAN" evaluate --truth people.csv --unique-id id --label-column entity o |
	awk '/^all sources/ { print ($6 >= .95 ? "links are right" : "precision " $6), ($7 >= .9 ? "and found" : "recall " $7) }'
