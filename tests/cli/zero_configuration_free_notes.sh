# Notes of what was said or done that day are other words in every row, whoever it is of: they were taken for what a match
# has in common, and no two rows were one person's. An address in as many words is kept. Invented donors, half of them
# several times.
. "$(dirname "$0")/data/words.inc"
awk "$words"'function say(n, t) { for (t = ""; n > 0; n--) t = t all[1 + draw(400)] " "; return t }
	function put() { print ++n "," name "," surname "," town "," street "," 1 + draw(28) "." 1 + draw(12) "." 2018 + draw(7) "," say(1 + draw(9)) "," e >"donors.csv" }
	BEGIN {
		state = 4211
		for (i = 1; i <= 400; i++) all[i] = word(3 + draw(5))
		print "id,first,last,town,address,given,note,person" >"donors.csv"
		for (f = 1; f <= 700; f++) {
			surname = all[1 + draw(400)]; town = all[1 + draw(400)]; street = say(3) 1 + draw(90)
			for (p = 1 + draw(2); p > 0; p--) {
				name = all[1 + draw(400)]; e++
				put(); while (draw(5) < 2) put()
			}
		}
	}'
"$PADAN" dedupe donors.csv --unique-id id --ignore person --quiet --out o >/dev/null || exit 9
grep -E "^column +(note|address)" o/decisions.txt | sed 's/  */ /g'
"$PADAN" evaluate --truth donors.csv --label-column person --unique-id id o |
	awk '/^all sources/ { print $3, ($6 >= .9 ? "links are right" : "precision " $6), ($7 >= .9 ? "most are found" : "recall " $7) }'
