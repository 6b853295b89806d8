# A register with a number of each admission and its date, which differ between the rows of one person, and with a full
# name beside its parts: the duplicates are found by the rest, and decisions.txt says what was left out. Invented people.
. "$(dirname "$0")/data/western_names.inc"
awk "$western_names"'BEGIN {
	srand(7)
	invent_names(150)
	print "id,admission,full name,given,family,born,street,admitted,person"
	for (p = 1; p <= 500; p++) {
		g = first[1 + int(rand() * 30)]; m = first[1 + int(rand() * 30)]; l = last[1 + int(rand() * 150)]
		b = sprintf("%04d-%02d-%02d", 1930 + int(rand() * 80), 1 + int(rand() * 12), 1 + int(rand() * 28))
		s = sprintf("%d %s lane", 1 + int(rand() * 90), last[1 + int(rand() * 150)])
		for (v = 0; v <= (p % 4 == 0); v++) {
			if (v == 1) l = substr(l, 1, 3) substr(l, 5)
			printf "%d,%s,%s %s %s,%s,%s,%s,%s,%04d-%02d-%02d,%d\n", ++n, n % 300 == 0 ? 999999 : 100000 + int(rand() * 800000), g, m, l, g, l, b, s, 2018 + int(rand() * 5), 1 + int(rand() * 12), 1 + int(rand() * 28), p
		}
	}
}' >register.csv
"$PADAN" dedupe register.csv --unique-id id --ignore person --quiet --out o >/dev/null || exit 9
grep -E '^left out|: left out' o/decisions.txt
"$PADAN" evaluate --truth register.csv --label-column person --unique-id id o --json | grep -o '"pairs":{[^}]*"f1":[0-9.]*'

# The same people, each once: no one is linked, though dates of admission differ as they did.
awk -F, '!seen[$9]++' register.csv >once.csv
"$PADAN" dedupe once.csv --unique-id id --ignore person --quiet --out t >/dev/null || exit 9
echo "linked rows: $(($(wc -l <t/clusters.csv) - 1 - $(cut -d, -f3 t/clusters.csv | tail -n +2 | sort -u | wc -l)))"
