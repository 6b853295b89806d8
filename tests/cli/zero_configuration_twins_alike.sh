# Pupils with their mothers, none of them twice. Twins share mother, place and date of birth, and are named alike, as
# FAUZANI and FAUZIAH are: their names are hardly ever equal, and they are not linked. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$draw"'function word(n, w) { for (w = ""; length(w) < n;) w = w substr("BCDFGHKLMNPRSTWY", 1 + draw(16), 1) substr("AEIOU", 1 + draw(5), 1); return w }
	function pupil(name) { printf "%d,%s,%s,%s,%d%s,%s\n", ++n, name, place, born, 7 + draw(3), substr("ABCD", 1 + draw(4), 1), mother }
	BEGIN {
		state = 4242
		for (i = 1; i <= 150; i++) first[i] = word(6 + draw(4)); for (i = 1; i <= 60; i++) last[i] = word(6 + draw(5))
		for (i = 1; i <= 30; i++) town[i] = word(6)
		print "id,nama,tempat,tanggal_lahir,kelas,ibu"
		for (i = 1; i <= 1200; i++) {
			mother = first[1 + draw(150)] " " last[1 + draw(60)]; place = town[1 + draw(30)]
			born = sprintf("%04d-%02d-%02d", 2011 + draw(4), 1 + draw(12), 1 + draw(28))
			given = first[1 + draw(150)]; family = last[1 + draw(60)]
			pupil(given " " family)
			if (i % 80 == 0) pupil(substr(given, 1, length(given) - 2) word(2) " " family)
		}
	}' >pupils.csv
"$PADAN" dedupe pupils.csv --unique-id id --quiet --out o >/dev/null || exit 9
echo "linked rows: $(($(wc -l <o/clusters.csv) - 1 - $(cut -d, -f3 o/clusters.csv | tail -n +2 | sort -u | wc -l)))"
grep -o '^doubt  *the likest pairs are alike in nama, but hardly ever equal' o/decisions.txt
