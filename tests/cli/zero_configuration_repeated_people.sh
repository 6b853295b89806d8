# Two lists in which some people stand more than once, and families share surname, address and telephone: a person's rows
# are no rivals, and members of a family no matches. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$words"'function spoilt(value, at) {
		if (draw(12) > 0) return value
		if (draw(4) == 0) return ""
		at = 1 + draw(length(value) - 1)
		return substr(value, 1, at - 1) substr(value, at + 1)
	}
	function row(list) {
		print list "," (++n) "," spoilt(a) "," spoilt(b) "," spoilt(d) "," spoilt(address) "," spoilt(t) >"lists.csv"
		print list "," n "," person >"truth.csv"
	}
	BEGIN {
		state = 4714
		for (i = 1; i <= 150; i++) first[i] = word(4 + draw(4)); for (i = 1; i <= 300; i++) last[i] = word(4 + draw(6))
		for (i = 1; i <= 60; i++) street[i] = word(8)
		print "list,id,given,family,born,address,phone" >"lists.csv"
		print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (f = 1; f <= 180; f++) {
			b = last[1 + draw(300)]; t = "08" (100000000 + draw(899999999)); address = "jalan " street[1 + draw(60)] " no " (1 + draw(120)) " kota " street[1 + draw(4)]
			for (p = 1 + draw(6); p > 0; p--) {
				a = first[1 + draw(150)]; d = sprintf("%04d-%02d-%02d", 1940 + draw(70), 1 + draw(12), 1 + draw(28)); person++
				for (l = 1; l <= 2; l++) if (draw(5) < 3) { row(l); while (draw(5) == 0) row(l) }
			}
		}
	}'
"$PADAN" link lists.csv --unique-id id --source-column list --link-type link_only --quiet --out o >/dev/null || exit 9
grep -cE '^together' o/decisions.txt
"$PADAN" evaluate --truth truth.csv --link-only o |
	awk '/^all sources/ { print $3, ($6 >= .95 ? "links are right" : "precision " $6), ($7 >= .95 ? "most are found" : "recall " $7) }'
