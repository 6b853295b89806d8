# Places of two gazetteers: coordinates are measured anew, so they are near and hardly ever equal. Made-up places, twelve
# of each name within one province.
awk 'BEGIN {
	srand(3)
	print "id,title,lat,lon,place" >"a.csv"; print "id,title,lat,lon,place" >"b.csv"
	n_begin = split("Su Ka Ra Ci Pa Me Ban Tan Wo Gu", begin, " "); n_middle = split("ka ra li nga mbu je do", middle, " ")
	n_end = split("jaya mulya sari rejo maju baru asri tani agung", end, " ")
	for (p = 1; p <= 900; p++) {
		title = p % 12 != 1 ? title : begin[1 + int(rand() * n_begin)] middle[1 + int(rand() * n_middle)] end[1 + int(rand() * n_end)]
		lat = -8 + rand(); lon = 112 + rand()
		if (p % 6 != 0) printf "a%d,%s,%.6f,%.6f,%d\n", p, title, lat, lon, p >"a.csv"
		written = p % 4 == 0 ? substr(title, 1, 3) substr(title, 5) : title
		if (p % 7 != 0) printf "b%d,%s,%.4f,%.4f,%d\n", p, written, lat + (rand() - .5) / 1000, lon + (rand() - .5) / 1000, p >"b.csv"
	}
}'
"$PADAN" link a.csv b.csv --unique-id id --ignore place --quiet --out o >/dev/null || exit 9
grep -E '^column ' o/decisions.txt | cut -d, -f1
awk -F, 'BEGIN { print "source_dataset,unique_id,entity_id" } FNR > 1 { print substr(FILENAME, 1, 1) "," $1 "," $5 }' a.csv b.csv >truth.csv
"$PADAN" evaluate --truth truth.csv --link-only o --json | grep -o '"pairs":{[^}]*"f1":[0-9.]*'
