# One file whose names stand in two orders ("BUDI SANTOSO", "SANTOSO, BUDI") and whose birth dates are digits alone
# without their leading zero, or have Indonesian months. Invented people.
. "$(dirname "$0")/data/people.inc"
make_file() { # form of dates
	awk -v form="$1" "$people"'
	function born(y, o, d) { return form == "digits" ? d sprintf("%02d%04d", o, y) : d " " month[o] " " y }
	BEGIN {
		state = 4242
		print "id,c1,c2" >"people.csv"
		print "unique_id,entity_id" >"truth.csv"
		for (i = 1; i <= 900; i++) {
			a = first_name(); b = last_name()
			y = 1950 + draw(60); o = 1 + draw(12); d = 1 + draw(28)
			for (j = 0; j <= (i % 10 == 0); j++) {
				print "p" i "-" j "," (draw(2) ? a " " b : "\"" b ", " a "\"") "," born(y, o, d) >"people.csv"
				print "p" i "-" j "," i >"truth.csv"
			}
		}
	}'
}
for form in digits words; do
	make_file "$form"
	"$PADAN" dedupe people.csv --unique-id id --quiet --out "$form" >/dev/null || exit 9
	grep -E '^(order of words|column +c2)' "$form"/decisions.txt | cut -c1-60
	"$PADAN" evaluate --truth truth.csv "$form" | awk '/^all sources/ { print $3, ($6 >= .97 && $7 >= .97 ? "found" : $0) }'
done
