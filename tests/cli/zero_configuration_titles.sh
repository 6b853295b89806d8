# Two lists that have nothing but a title: one column by itself says nothing of how well it tells, but which pairs share rare
# words and are the best of both their rows does. A few titles that are written alike are not all there is. With nothing in
# common hardly anything is linked. Invented places.
. "$(dirname "$0")/data/words.inc"
make_lists() {
	awk -v every="$1" "$draw"'function pick(list, n) { return list[1 + draw(n)] }
	function place(i, w) { w = pick(part, np); for (i = draw(2) + 1; i > 0; i--) w = w pick(part, np); return toupper(substr(w, 1, 1)) substr(w, 2) }
	BEGIN {
		state = 4177
		np = split("ka ri mo lan tor be su vel nar do pi gas hem wi lo tan", part, " ")
		nk = split("Museum Library Stadium Clinic School Theatre Market Bridge", kind, " ")
		nq = split("Old New Upper Central North South Royal Grand", quality, " ")
		na = split("Memorial Public Municipal National", extra, " ")
		print "id,title" >"a.csv"; print "id,title" >"b.csv"; print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (i = 1; i <= 900; i++) {
			p = place(); k = pick(kind, nk); q = draw(3) ? "" : pick(quality, nq) " "; s = place()
			if (i <= 600) { printf "a%d,%s%s %s %s\n", i, q, p, s, k >"a.csv"; print "a,a" i "," i >"truth.csv" }
			if (i <= 300 || i > 600) {
				t = draw(3) ? k " of " p " " s : p " " s " " pick(extra, na) " " k
				printf "b%d,%s\n", i, i % every ? t : q p " " s " " k >(i <= 300 ? "b.csv" : "rest.csv")
				print "b,b" i "," i >"truth.csv"
			}
		}
	}'
	(head -n 1 b.csv; cat rest.csv) >other.csv
	cat rest.csv >>b.csv
}
figures() {
	"$PADAN" evaluate --truth truth.csv --link-only "$1" --json 2>/dev/null |
		sed 's/.*"pairs":{\([^}]*\)}.*/\1/' | tr ',' '\n' | awk -F: '/"(precision|recall)"/ { print $1, ($2 >= .9 ? "is high" : $2) }'
}
make_lists 60
"$PADAN" link a.csv b.csv --unique-id id --quiet --out few >/dev/null || exit 9
echo "five titles alike:" && figures few
make_lists 1000
"$PADAN" link a.csv b.csv --unique-id id --quiet --out o >/dev/null || exit 9
grep '^all texts' o/decisions.txt
figures o
"$PADAN" link a.csv b.csv --unique-id id --quiet --model o/model.json --out again >/dev/null || exit 9
cmp o/clusters.csv again/clusters.csv && cmp o/pairs.csv again/pairs.csv
"$PADAN" link a.csv b.csv --unique-id id --quiet --threads 3 --out threads >/dev/null || exit 9
cmp o/clusters.csv threads/clusters.csv && cmp o/model.json threads/model.json

"$PADAN" link a.csv other.csv --unique-id id --quiet --out n >/dev/null || exit 9
echo "nothing in common: $(($(wc -l <n/clusters.csv) - 1 - $(cut -d, -f3 n/clusters.csv | tail -n +2 | sort -u | wc -l))) linked"
