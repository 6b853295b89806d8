# A list in which half of the values are missing: 300 people, half of them two to five times, one value in eight damaged.
# Most matches have too little in common to be told; those that have enough are linked all the same. Without the
# duplicates nothing is linked. Invented people.
. "$(dirname "$0")/data/western_names.inc"
awk "$western_names"'
function kept(value) { return rand() < .5 ? "" : value }
function slip(value,  at) {
	at = 1 + int(rand() * length(value))
	return rand() < .12 ? substr(value, 1, at - 1) substr(value, at + 1) : value
}
function born() { return sprintf("%04d-%02d-%02d", 1940 + rand() * 70, 1 + rand() * 12, 1 + rand() * 28) }
function digits(n,  text) { while (n-- > 0) text = text int(rand() * 10); return text }
BEGIN {
	srand(5)
	invent_names(150)
	print "id,first,last,born,town,street,phone,person" >"once.csv"
	print "id,first,last,born,town,street,phone,person" >"list.csv"
	for (p = 1; p <= 300; p++) {
		value[1] = first[1 + int(rand() * 30)]; value[2] = last[1 + int(rand() * 150)]; value[3] = born()
		value[4] = last[1 + int(rand() * 40)] "ville"; value[5] = last[1 + int(rand() * 150)] " Road " 1 + int(rand() * 90)
		value[6] = digits(9)
		rows = p % 2 == 0 ? 1 : 2 + int(rand() * 4)
		for (r = 1; r <= rows; r++) {
			row = ++n
			for (c = 1; c <= 6; c++) row = row "," kept(r == 1 ? value[c] : slip(value[c]))
			print row "," p >"list.csv"
			if (r == 1) print row "," p >"once.csv"
		}
	}
}'
for list in list once; do
	"$PADAN" dedupe $list.csv --unique-id id --ignore person --quiet --out $list >/dev/null || exit 9
	"$PADAN" evaluate --truth $list.csv --label-column person --unique-id id $list --json |
		grep -o '"pairs":{"true":[0-9]*,"predicted":[0-9]*,"found":[0-9]*'
done
