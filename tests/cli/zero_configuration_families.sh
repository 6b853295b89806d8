# A file of families without duplicates: brothers and sisters are no matches, and padan says that it cannot tell.
# Invented people.
. "$(dirname "$0")/data/western_names.inc"
awk "$western_names"'BEGIN {
	srand(5)
	invent_names(200)
	print "id,given,family,born,street,zip"
	for (f = 1; f <= 200; f++) {
		s = sprintf("%d %s lane", 1 + int(rand() * 90), last[int(rand() * 200) + 1]); z = sprintf("%05d", 10000 + int(rand() * 80000))
		for (p = 1; p <= 3; p++)
			printf "%d,%s,%s,%04d-%02d-%02d,%s,%s\n", ++n, first[(f * 7 + p * 11) % 30 + 1], last[f], 1930 + int(rand() * 70), 1 + int(rand() * 12), 1 + int(rand() * 28), s, z
	}
}' >families.csv
"$PADAN" dedupe families.csv --unique-id id --quiet --out o >/dev/null || exit 9
grep -c '^cannot tell' o/decisions.txt
echo "linked rows: $(($(wc -l <o/clusters.csv) - 1 - $(cut -d, -f3 o/clusters.csv | tail -n +2 | sort -u | wc -l)))"

# The same file with every eighth person twice: the duplicates are found, families are not linked.
awk -F, 'NR == 1 { print $0 ",person"; next } { print $0 "," $1 } NR % 8 == 0 { sub(/^[0-9]*/, "d&"); $0 = $0; print $1 "," $2 "," substr($3, 1, 3) substr($3, 5) "," $4 "," $5 "," $6 "," NR - 1 }' families.csv >twice.csv
"$PADAN" dedupe twice.csv --unique-id id --ignore person --quiet --out t >/dev/null || exit 9
"$PADAN" evaluate --truth twice.csv --label-column person --unique-id id t --json | grep -o '"pairs":{[^}]*"f1":[0-9.]*'
