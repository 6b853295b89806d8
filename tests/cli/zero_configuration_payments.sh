# Two rosters of payments, names and dates of birth alone, in which some people stand twice (two months): people of both
# are found, though pairs inside a roster are as much alike. Without common people hardly anyone is linked. Invented people.
. "$(dirname "$0")/data/western_names.inc"
awk "$western_names"'function pay(file, p, f, l, y, o, d, times) {
	for (; times > 0; times--) printf "%d,%s %s,%04d-%02d-%02d,%d\n", ++n, f, l, y, o, d, p >file
}
BEGIN {
	srand(3)
	invent_names(160)
	print "id,name,born,person" >"a.csv"
	print "id,name,born,person" >"b.csv"
	print "id,name,born,person" >"others.csv"
	for (p = 1; p <= 2400; p++) {
		f = first[1 + int(rand() * 30)]; l = last[1 + int(rand() * 160)]; y = 1990 + int(rand() * 15); o = 1 + int(rand() * 12); d = 1 + int(rand() * 28)
		if (p <= 900) pay("a.csv", p, f, l, y, o, d, 1 + (p % 5 == 0))
		if (p <= 900) continue
		pay("others.csv", p, f, l, y, o, d, 1 + (p % 5 == 0))
		pay("b.csv", p, f, l, y, o, d, 1 + (p % 5 == 0))
	}
	close("a.csv")
	while ((getline line <"a.csv") > 0) {
		split(line, v, ",")
		if (v[4] % 6 != 0 || v[4] == last_person) continue
		split(v[2], w, " "); split(v[3], z, "-"); last_person = v[4]
		if (v[4] % 4 == 0) w[2] = substr(w[2], 1, 2) substr(w[2], 4)
		pay("b.csv", v[4], w[1], w[2], z[1], z[2], z[3], 1 + (v[4] % 5 == 0))
	}
}'
linked() { echo "$(($(wc -l <$1/clusters.csv) - 1 - $(cut -d, -f3 $1/clusters.csv | tail -n +2 | sort -u | wc -l)))"; }
"$PADAN" link a.csv b.csv --unique-id id --ignore person --quiet --out o >/dev/null || exit 9
grep '^inside' o/decisions.txt
awk -F, 'FNR == 1 { k++; next } { print (k == 1 ? "a" : "b") "," $1 "," $4 }' a.csv b.csv >pairs
{ echo source_dataset,unique_id,entity_id; cat pairs; } >truth.csv
"$PADAN" evaluate --truth truth.csv --link-only o --json | grep -o '"pairs":{[^}]*"f1":[0-9.]*'
"$PADAN" link a.csv others.csv --unique-id id --ignore person --quiet --out t >/dev/null || exit 9
echo "no one in both: $(linked t) linked"
