# A list of names and dates of birth, one in twenty people twice, one in twenty-five with a twin, who has the birth date and
# the last name but another first name. Twins are related pairs, and few are linked. Invented people.
. "$(dirname "$0")/data/western_names.inc"
awk "$western_names"'BEGIN {
	srand(11)
	invent_names(120)
	print "id,name,born,person"
	for (p = 1; p <= 2400; p++) {
		i = int(rand() * 30); l = last[1 + int(rand() * rand() * 120)]
		y = 1940 + int(rand() * 70); o = 1 + int(rand() * 12); d = 1 + int(rand() * 28)
		born = sprintf("%04d-%02d-%02d", y, o, d)
		printf "%d,%s %s,%s,%d\n", ++n, first[1 + i], l, born, p
		if (p % 25 == 0) printf "%d,%s %s,%s,t%d\n", ++n, first[1 + (i + 7) % 30], l, born, p
		if (p % 60 == 0) l = substr(l, 1, 2) substr(l, 4)
		if (p % 60 == 20) born = sprintf("%04d-%02d-%02d", y, o, d % 28 + 1)
		if (p % 20 == 0) printf "%d,%s %s,%s,%d\n", ++n, first[1 + i], l, born, p
	}
}' >list.csv
"$PADAN" dedupe list.csv --unique-id id --ignore person --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth list.csv --label-column person --unique-id id o --json | grep -o '"pairs":{[^}]*"f1":[0-9.]*'
grep '^related' o/decisions.txt | sed 's/[0-9][0-9]*/N/'
