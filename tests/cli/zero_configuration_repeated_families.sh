# Households of two to five with one surname, house and telephone, each person in one to sixteen rows: what is found first
# are families. As two lists without duplicates the file has next to no pairs, of which more is expected than of a doubt:
# that must not stand in the way of what families and households explain. Two files of invented people.
. "$(dirname "$0")/data/words.inc"
make_file() {
	awk -v state="$1" "$words"'function spoilt(text) { return draw(12) ? text : slip(text) }
		BEGIN {
			for (i = 1; i <= 300; i++) first[i] = word(3 + draw(4)) (draw(2) ? "ina" : "ano"); for (i = 1; i <= 500; i++) last[i] = word(5 + draw(5))
			for (i = 1; i <= 300; i++) street[i] = word(6 + draw(5)) " street"
			print "id,given,surname,street,house,phone,entity"
			for (f = 1; f <= 80; f++) {
				family = last[1 + draw(500)]; home = street[1 + draw(300)]; house = 1 + draw(120); phone = 100000000 + draw(899999999)
				for (p = 2 + draw(4); p > 0; p--) {
					given = first[1 + draw(300)]; entity++
					for (r = 1 + draw(16); r > 0; r--)
						printf "r%d,%s,%s,%s,%s,0%s,%d\n", ++n, spoilt(given), spoilt(family), spoilt(home), house, draw(12) ? phone : spoilt(phone), entity
				}
			}
		}'
}
for seed in 2931 4885; do
	make_file $seed >people.csv
	"$PADAN" dedupe people.csv --unique-id id --ignore entity --quiet --out o >/dev/null || exit 9
	told=$(sed -n 's/^threshold .* of which \([0-9.]*\) % .*/\1/p' o/decisions.txt)
	"$PADAN" evaluate --truth people.csv --unique-id id --label-column entity o | awk -v told="$told" '/^all sources/ {
		wrong = 100 * (1 - $6)
		print ($6 >= .95 && $7 >= .95 ? "found" : $0), ((wrong - told) ^ 2 < 25 ? "as is told" : "told " told " true " wrong) }'
	rm -rf o
done
