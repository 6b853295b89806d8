# One file with a column of sources is looked at whole. Two lists of families, in each of which everybody is once, are
# linked as a link would: inside a list there are only families. Where rows repeat inside a list, pairs inside it stay.
# A file whose lists have no column in common is looked at inside them only. Invented people.
. "$(dirname "$0")/data/words.inc"
make_file() {
	awk -v repeats="$1" "$words"'function spoilt(text) { return draw(3) ? text : slip(text) }
		function row(list, rest) { print ++n "," list "," rest "," entity }
		BEGIN {
			state = 4711
			for (i = 1; i <= 150; i++) first[i] = word(4 + draw(4)); for (i = 1; i <= 300; i++) last[i] = word(4 + draw(6))
			print "id,list,first,last,house,street,entity"
			for (f = 1; f <= 150; f++) {
				family = last[1 + draw(300)]; address = 1 + draw(300) "," word(8) " lane"
				for (p = 1 + draw(5); p > 0; p--) {
					given = first[1 + draw(150)]; entity++
					row("a", given "," family "," address)
					if (draw(3)) row("b", spoilt(given) "," spoilt(family) "," address)
					if (repeats && !draw(3)) row("a", spoilt(given) "," spoilt(family) "," address)
				}
			}
		}'
}
tell() {
	"$PADAN" evaluate --truth "$1" --source-column list --unique-id id --label-column entity o |
		awk '/^all sources/ { print ($6 >= .95 ? "links are right" : "precision " $6), ($7 >= .9 ? "and found" : "and cautious") }'
	grep -c '^sources' o/decisions.txt
	awk -F, 'NR > 1 && $3 == $5 { n++ } END { print n ? "pairs inside a list" : "pairs of two lists only" }' o/pairs.csv
}
make_file 0 >lists.csv
make_file 1 >repeats.csv
for file in lists repeats; do
	"$PADAN" dedupe $file.csv --unique-id id --source-column list --quiet --out o >/dev/null || exit 9
	head -n 1 o/decisions.txt
	tell $file.csv
	"$PADAN" dedupe $file.csv --unique-id id --source-column list --model o/model.json --quiet --out again >/dev/null || exit 9
	cmp o/pairs.csv again/pairs.csv && echo "the same pairs under its own model"
done
"$PADAN" dedupe repeats.csv --unique-id id --source-column list --link-type dedupe_only --quiet --out o >/dev/null || exit 9
awk -F, 'NR > 1 && $3 != $5 { n++ } END { print n + 0, "pairs of two lists" }' o/pairs.csv
awk 'BEGIN {
	print "id,list,name,town,year"
	for (i = 0; i < 300; i++) print i (i % 2 ? ",a,name" i * 7919 % 101 ",," : ",b,,town" i * 7907 % 97 "," 1900 + i % 97)
}' >apart.csv
"$PADAN" dedupe apart.csv --unique-id id --source-column list --quiet --out o >/dev/null || exit 9
head -n 1 o/decisions.txt
