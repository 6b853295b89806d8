# Names and a telephone that families share: nothing of what was found stands out, as pairs of families are half of it. Who
# stands twice is found once households have more than half in common; where nobody does hardly a link is made. Invented.
. "$(dirname "$0")/data/words.inc"
make_file() {
	awk -v twice="$1" "$words"'function spoilt(text) { return draw(8) ? text : slip(text) }
		BEGIN {
			state = 1876
			for (i = 1; i <= 300; i++) first[i] = word(4 + draw(4)); for (i = 1; i <= 500; i++) last[i] = word(5 + draw(4))
			print "id,name,phone,person"
			while (person < 4000) {
				family = last[1 + draw(1 + draw(500))]; phone = 300000000 + draw(99999999)
				for (p = 1 + draw(4); p > 0; p--) {
					name = first[1 + draw(1 + draw(300))] (draw(3) ? "" : " " first[1 + draw(300)]) " " family; person++
					print ++n "," name "," phone "," person
					if (twice && !draw(twice)) print ++n "," spoilt(name) "," (draw(5) ? phone : 300000000 + draw(99999999)) "," person
				}
			}
		}'
}
tell() {
	"$PADAN" dedupe people.csv --unique-id id --ignore person --quiet --out o >/dev/null || exit 9
	"$PADAN" evaluate --truth people.csv --unique-id id --label-column person o |
		awk '/^all sources/ { print ($4 < 20 ? "hardly a link" : $6 >= .85 ? "links are right" : "precision " $6 " of " $4), ($3 == 0 ? "" : $7 >= .6 ? "and found" : "recall " $7) }'
	grep -oE '^(households|cannot tell|doubt)' o/decisions.txt
}
make_file 10 >people.csv && tell
make_file 0 >people.csv && tell
