# Members of a household have all in common but the given name, and there are no dates of birth: of a file in which one
# row in sixty is of somebody who stands twice those are found, of one without nobody is. Then a file of people with
# dates of birth of whom a third has moved: that hardly a street is equal where the post code is not makes no families
# of them. Invented people.
. "$(dirname "$0")/data/words.inc"
make_file() {
	awk -v twice="$1" -v moved="$2" -v born="$3" "$words"'function spoilt(text) { return draw(10) ? text : slip(text) }
		function settle() { street = road[1 + draw(400)]; house = 1 + draw(90); post = 10000 + draw(3000) * 17 }
		function row() { print ++n "," spoilt(given) "," spoilt(family) "," spoilt(street) "," house "," post (born ? "," date "," phone : "") "," entity }
		BEGIN {
			state = 1789
			for (i = 1; i <= 400; i++) first[i] = word(4 + draw(5)); for (i = 1; i <= 400; i++) last[i] = word(5 + draw(6))
			for (i = 1; i <= 400; i++) road[i] = word(4 + draw(4)) " " word(5 + draw(5)) (draw(2) ? " street" : " road")
			print "id,given,family,street,house,post" (born ? ",born,phone" : "") ",entity"
			for (f = 1; f <= 900; f++) {
				family = last[1 + draw(1 + draw(400))]; settle()
				for (p = 1 + draw(5); p > 0; p--) {
					given = first[1 + draw(400)]; entity++
					date = (1940 + draw(70)) "-" (10 + draw(3)) "-" (10 + draw(19))
					phone = 100000000 + draw(899999999)
					row(); if (!twice || draw(twice)) continue
					s = street; h = house; z = post
					if (moved && !draw(moved)) settle()
					row(); street = s; house = h; post = z
				}
			}
		}'
}
tell() {
	"$PADAN" dedupe people.csv --unique-id id --quiet --out o >/dev/null || exit 9
	"$PADAN" evaluate --truth people.csv --unique-id id --label-column entity o |
		awk '/^all sources/ { print ($4 < 3 ? "hardly a link" : $6 >= .75 ? "links are right" : "precision " $6), ($3 == 0 ? "" : $7 >= .8 ? "and found" : "recall " $7) }'
	awk '/^(households|doubt)/ { print $1 }' o/decisions.txt
}
make_file 60 0 "" >people.csv && tell
make_file 0 0 "" >people.csv && tell
make_file 4 3 1 >people.csv && tell
