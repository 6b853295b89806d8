# Customers of a first name, an e-mail address and a telephone. A family has one telephone and a surname, so its addresses, of
# an initial and the surname, are alike: not slips of one person, as the first names differ. Invented people.
awk 'function draw(n) { state = (state * 16807) % 2147483647; return state % n }
	function word(n, w) { for (w = ""; length(w) < n;) w = w substr("bcdfghklmnprstvz", 1 + draw(16), 1) substr("aeiou", 1 + draw(5), 1); return w }
	function spoilt(text, at) {
		if (draw(12)) return text
		at = 2 + draw(length(text) - 2)
		return substr(text, 1, at - 1) substr(text, at + 1)
	}
	function row() { print ++n "," spoilt(given) "," spoilt(mail) "," (draw(12) ? phone : 100000000 + draw(899999999)) "," entity }
	BEGIN {
		state = 3071
		for (i = 1; i <= 600; i++) first[i] = word(3 + draw(5)); for (i = 1; i <= 500; i++) last[i] = word(5 + draw(5))
		print "id,given,mail,phone,entity"
		for (family = 1; family <= 1200; family++) {
			surname = last[1 + draw(500)]; shared = 100000000 + draw(899999999)
			for (p = 1 + draw(5); p > 0; p--) {
				given = first[1 + draw(600)]; entity++
				mail = substr(given, 1, 1) surname draw(100) "@" substr("abc", 1 + draw(3), 1) "mail.com"
				phone = draw(5) < 3 ? shared : 100000000 + draw(899999999)
				row(); if (!draw(6)) row()
			}
		}
	}' >people.csv
"$PADAN" dedupe people.csv --unique-id id --ignore entity --quiet --out o >/dev/null || exit 9
grep -o '^families  *matches that are alike' o/decisions.txt
told=$(sed -n 's/^threshold .* of which \([0-9.]*\) % .*/\1/p' o/decisions.txt)
"$PADAN" evaluate --truth people.csv --unique-id id --label-column entity o |
	awk -v told="$told" '/^all sources/ { wrong = 100 * (1 - $6); print ($6 >= .96 ? "links are right" : "precision " $6), ($7 >= .9 ? "and found" : "recall " $7); d = wrong - told; print (d * d < 9 ? "as is told" : "told " told " true " wrong) }'
