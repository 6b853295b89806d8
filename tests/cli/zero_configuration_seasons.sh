# Two lists of titles of seasons: words are alike from year to year, and the year tells which season it is. One list writes
# them with more words and another order; each has seasons of its own. Invented leagues.
. "$(dirname "$0")/data/words.inc"
awk "$draw"'BEGIN {
		state = 3313
		np = split("ka ri mo lan tor be su vel nar do pi gas hem wi lo tan", part, " ")
		split("Premier First National Super Women Junior", level, " "); split("Football Handball Hockey Volleyball", game, " ")
		print "id,title" >"a.csv"; print "id,title" >"b.csv"; print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (i = 1; i <= 60; i++) {
			w = part[1 + draw(np)] part[1 + draw(np)] part[1 + draw(np)]; w = toupper(substr(w, 1, 1)) substr(w, 2)
			l = level[1 + draw(6)]; g = game[1 + draw(4)]
			for (year = 1990 + draw(8); year < 2015; year += 1 + draw(2)) {
				n++
				if (draw(6)) { printf "a%d,%d %s %s %s League\n", n, year, w, l, g >"a.csv"; print "a,a" n "," n >"truth.csv" }
				if (draw(3) == 0) { printf "b%d,%s %s League %s%d\n", n, w, l, draw(2) ? "season " : "", year >"b.csv"; print "b,b" n "," n >"truth.csv" }
			}
		}
	}'
"$PADAN" link a.csv b.csv --unique-id id --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth truth.csv --link-only o --json 2>/dev/null |
	sed 's/.*"pairs":{\([^}]*\)}.*/\1/' | tr ',' '\n' | awk -F: '/"(precision|recall)"/ { print $1, ($2 >= .9 ? "is high" : $2) }'
"$PADAN" link a.csv b.csv --unique-id id --quiet --model o/model.json --out again >/dev/null || exit 9
cmp o/clusters.csv again/clusters.csv && cmp o/pairs.csv again/pairs.csv
"$PADAN" link a.csv b.csv --unique-id id --quiet --threads 3 --out threads >/dev/null || exit 9
cmp o/clusters.csv threads/clusters.csv && cmp o/model.json threads/model.json
