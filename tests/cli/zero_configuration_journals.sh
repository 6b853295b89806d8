# Papers whose journal is written in full or in short, and addresses without names: neither a journal nor a town is a name
# of people, and no households are looked for. Nor do rows stand for one that have nothing but a town in common. Invented.
. "$(dirname "$0")/data/words.inc"
awk "$words"'BEGIN {
	state = 1665
	for (i = 1; i <= 700; i++) term[i] = word(4 + draw(5)); for (i = 1; i <= 500; i++) last[i] = word(5 + draw(4))
	for (i = 1; i <= 40; i++) { a = term[1 + draw(700)]; b = term[1 + draw(700)]; journal[i] = "journal of " a " " b; short[i] = "jo" substr(a, 1, 2) substr(b, 1, 2) }
	print "id,authors,title,journal,year,pages,paper"
	for (p = 1; p <= 700; p++) {
		n = 1 + draw(4); for (i = 1; i <= n; i++) { who[i] = last[1 + draw(500)]; letter[i] = substr("abcdefghjklmprst", 1 + draw(16), 1) }
		title = term[1 + draw(700)]; for (i = 3 + draw(6); i > 0; i--) title = title " " term[1 + draw(700)]
		j = 1 + draw(40); year = 1985 + draw(30); page = 1 + draw(900)
		for (k = draw(3) ? 1 : 2 + draw(6); k > 0; k--) {
			by = ""; style = draw(3)
			for (i = 1; i <= n; i++) by = by (i > 1 ? (style ? ", " : " and ") : "") (style ? letter[i] ". " who[i] : who[i] ", " letter[i] ".")
			if (style == 2) by = who[1] (n > 1 ? " et al." : "")
			print ++id ",\"" by "\"," title "," (draw(5) < 3 ? journal[j] : short[j]) "," (draw(6) ? year : "") "," (draw(2) ? page "--" page + 12 : "") "," p
		}
	}
}' >papers.csv
"$PADAN" dedupe papers.csv --ignore paper --unique-id id --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth papers.csv --unique-id id --label-column paper o | awk '/^all sources/ { print "papers: " ($8 > .95 ? "found" : $0) }'
grep -o '^households' o/decisions.txt
awk "$words"'BEGIN {
	state = 1840
	for (i = 1; i <= 250; i++) road[i] = word(4 + draw(5)) " " (draw(2) ? "street" : "road"); for (i = 1; i <= 25; i++) { town[i] = word(5 + draw(4)); post[i] = 1000 + draw(8999) }
	print "id,line,town,post,place"
	for (p = 1; p <= 2500; p++) {
		t = 1 + draw(25); line = (draw(3) ? "" : "unit " 1 + draw(30) " ") 1 + draw(150) " " road[1 + draw(250)]
		for (k = draw(5) ? 1 : 2; k > 0; k--) {
			text = line; if (draw(2)) { sub("street", "st", text); sub("road", "rd", text) }
			print ++id "," text "," town[draw(7) ? t : 1 + draw(25)] "," (draw(10) ? post[t] : "") "," p
		}
	}
}' >addresses.csv
"$PADAN" dedupe addresses.csv --ignore place --unique-id id --quiet --out a >/dev/null || exit 9
"$PADAN" evaluate --truth addresses.csv --unique-id id --label-column place a | awk '/^all sources/ { print "addresses: " ($6 > .8 ? "links are right" : $0) }'
grep -o '^households' a/decisions.txt
true
