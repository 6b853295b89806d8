# A file whose rows of one person are those of several years, in which some have moved: name and birth date are what is
# left, and make no relatives of them. Invented people.
. "$(dirname "$0")/data/western_names.inc"
awk "$western_names"'function move() { s = sprintf("%d %s lane", 1 + int(rand() * 90), last[1 + int(rand() * 600)]); t = last[1 + int(rand() * 600)] "ham" }
	function slip(name, i) { if (rand() > .15) return name; i = 1 + int(rand() * length(name)); return substr(name, 1, i - 1) substr(name, i + 1) }
	BEGIN {
		srand(8)
		invent_names(600)
		print "id,given,family,born,street,town,person"
		for (p = 1; p <= 400; p++) {
			g = first[1 + int(rand() * 30)]; f = last[1 + int(rand() * 600)]; b = sprintf("%04d-%02d-%02d", 1930 + int(rand() * 70), 1 + int(rand() * 12), 1 + int(rand() * 28))
			move()
			for (year = 1; year <= 4; year++) {
				if (rand() < .2) move()
				print ++n "," slip(g) "," slip(f) "," b "," s "," t "," p
			}
		}
	}' >moved.csv
"$PADAN" dedupe moved.csv --unique-id id --ignore person --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth moved.csv --label-column person --unique-id id o --json >figures.json
sed 's/.*"pairs":{\([^}]*\)}.*/\1/' figures.json | tr ',' '\n' | awk -F: '/"(precision|recall)"/ { print $1, ($2 >= .97 ? "is high" : $2) }'
