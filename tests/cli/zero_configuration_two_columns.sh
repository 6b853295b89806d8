# A list of names and dates of birth alone, one in twenty people twice with a letter less or another day: they are found,
# though of two columns neither says by itself who is who. The same people once each: no one is linked. Invented people.
. "$(dirname "$0")/data/western_names.inc"
awk "$western_names"'BEGIN {
	srand(11)
	invent_names(120)
	print "id,name,born,person"
	for (p = 1; p <= 2400; p++) {
		f = first[1 + int(rand() * 30)]; l = last[1 + int(rand() * rand() * 120)]
		y = 1940 + int(rand() * 70); o = 1 + int(rand() * 12); d = 1 + int(rand() * 28)
		for (v = 0; v <= (p % 20 == 0); v++) {
			if (v == 1 && p % 60 == 0) l = substr(l, 1, 2) substr(l, 4)
			if (v == 1 && p % 60 == 20) d = d % 28 + 1
			printf "%d,%s %s,%04d-%02d-%02d,%d\n", ++n, f, l, y, o, d, p
		}
	}
}' >list.csv
"$PADAN" dedupe list.csv --unique-id id --ignore person --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth list.csv --label-column person --unique-id id o --json | grep -o '"pairs":{[^}]*"f1":[0-9.]*'
awk -F, '!seen[$4]++' list.csv >once.csv
"$PADAN" dedupe once.csv --unique-id id --ignore person --quiet --out t >/dev/null || exit 9
echo "linked rows: $(($(wc -l <t/clusters.csv) - 1 - $(cut -d, -f3 t/clusters.csv | tail -n +2 | sort -u | wc -l)))"
