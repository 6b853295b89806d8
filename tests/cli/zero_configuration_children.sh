# Children weighed and measured every few months: their births span three years, as dates of visits do, but are the same
# wherever the names are. Visits of one child are joined, though date and measures of each differ. Invented people.
. "$(dirname "$0")/data/western_names.inc"
awk "$western_names"'BEGIN {
	srand(11)
	invent_names(150)
	print "id,child,born,mother,village,measured,weight,height,person"
	for (p = 1; p <= 400; p++) {
		c = first[1 + int(rand() * 30)] " " last[1 + int(rand() * 150)]; m = first[1 + int(rand() * 30)] " " last[1 + int(rand() * 150)]
		year = 2021 + int(rand() * 3); month = 1 + int(rand() * 12); day = 1 + int(rand() * 28)
		village = last[1 + int(rand() * 40)]
		n_visits = 1 + int(rand() * 9)
		for (v = 1; v <= n_visits; v++) {
			age = int(rand() * 40); months = month - 1 + age
			written = rand() < .15 ? substr(c, 1, 2) substr(c, 4) : c
			printf "%d,%s,%04d-%02d-%02d,%s,%s,%04d-%02d-%02d,%.1f,%.1f,%d\n", ++n, written, year, month, day, rand() < .15 ? substr(m, 1, 3) substr(m, 5) : m, village, year + int(months / 12), 1 + months % 12, 1 + int(rand() * 28), 3 + age / 4 + rand(), 49 + age * 1.1 + 3 * rand(), p
		}
	}
}' >visits.csv
"$PADAN" dedupe visits.csv --unique-id id --ignore person --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth visits.csv --label-column person --unique-id id o --json | grep -o '"pairs":{[^}]*"f1":[0-9.]*'
