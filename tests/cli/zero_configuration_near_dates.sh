# Orders against bookings, which come up to six days later. Who pays the same sum three times in a year is told by
# the days. Invented firms.
. "$(dirname "$0")/data/words.inc"
awk "$words"'function date(day, month) {
		for (month = 1; day > days[month]; month++) day -= days[month]
		return sprintf("2025-%02d-%02d", month, day)
	}
	function spoilt(text) { return draw(6) ? text : slip(text) }
	function pay(day) {
		n++
		print "o" n "," firm "," sum "," date(day) >"orders.csv"
		print "orders,o" n "," n >"truth.csv"
		if (draw(8) == 0) return
		print "b" n "," spoilt(firm) "," sum "," date(day + draw(7)) >"bookings.csv"
		print "bookings,b" n "," n >"truth.csv"
	}
	BEGIN {
		state = 1618
		split("31 28 31 30 31 30 31 31 30 31 30 31", days, " ")
		print "id,payer,sum,day" >"orders.csv"; print "id,payer,sum,day" >"bookings.csv"
		print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (f = 1; f <= 120; f++) {
			firm = word(7) " " word(6)
			for (i = 1; i <= 6; i++) {
				sum = 10 + draw(900) "." 10 + draw(90)
				if (i % 2) pay(1 + draw(350)); else for (t = 0; t < 3; t++) pay(1 + 118 * t + draw(110))
			}
		}
	}'
"$PADAN" link orders.csv bookings.csv --unique-id id --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth truth.csv --link-only o |
	awk '/^all sources/ { print ($6 >= .95 ? "links are right" : "precision " $6), ($7 >= .9 ? "and found" : "recall " $7) }'
grep -c '^near dates' o/decisions.txt
