# Harvests in two lists: one writes 0.57 and 1913000, the other 0,57 and Rp 1.913.000,- as spreadsheets in Indonesia do.
# Names of the same few words stand in many villages, so area and harvest must be read alike. Invented people.
. "$(dirname "$0")/data/western_names.inc"
awk "$western_names"'BEGIN {
	srand(8)
	invent_names(30)
	print "id;name;village;area;harvest;field" >"a.csv"; print "id;name;village;area;harvest;field" >"b.csv"
	for (f = 1; f <= 900; f++) {
		name = first[1 + int(rand() * 30)] " " last[1 + int(rand() * 6)]; village = last[10 + int(rand() * 20)]
		area = 10 + int(rand() * 290); harvest = 1000 * (100 + int(rand() * 4900))
		if (f % 6 != 0) printf "a%d;%s;%s;%.2f;%d;%d\n", f, name, village, area / 100, harvest, f >"a.csv"
		grouped = (harvest >= 1000000 ? sprintf("%d.%03d", harvest / 1000000, harvest % 1000000 / 1000) : harvest / 1000) ".000"
		written = sprintf("%d,%02d", area / 100, area % 100)
		if (f % 7 != 0) printf "b%d;%s;%s;%s;Rp %s,-;%d\n", f, f % 9 == 0 ? substr(name, 1, 3) substr(name, 5) : name, village, written, grouped, f >"b.csv"
	}
}'
"$PADAN" link a.csv b.csv --unique-id id --ignore field --quiet --out o >/dev/null || exit 9
grep -E '^column ' o/decisions.txt | cut -d, -f1
awk -F';' 'BEGIN { print "source_dataset,unique_id,entity_id" } FNR > 1 { print substr(FILENAME, 1, 1) "," $1 "," $6 }' a.csv b.csv >truth.csv
"$PADAN" evaluate --truth truth.csv --link-only o --json | grep -o '"pairs":{[^}]*"f1":[0-9.]*'
echo "-- the currency behind: the same links"
sed 's/;Rp \([0-9.]*,-\);/;\1 IDR;/' b.csv >c.csv && mv c.csv b.csv
grep -c ',- IDR;' b.csv
"$PADAN" link a.csv b.csv --unique-id id --ignore field --quiet --out behind >/dev/null || exit 9
grep -E "^column +harvest" behind/decisions.txt | cut -d, -f1
cmp o/clusters.csv behind/clusters.csv && echo same
