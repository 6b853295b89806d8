# Two shops that write the same goods in their own way: the words of a good stand in either column, series of goods differ
# in one word only, and each shop has goods that the other has not. With nothing in common hardly anything is linked.
# Invented goods.
. "$(dirname "$0")/data/words.inc"
awk "$draw"'function pick(list, n) { return list[1 + draw(n)] }
	BEGIN {
		state = 2711
		split("acme borex cintra delvo elmar fonda", brand, " ")
		split("kettle toaster lamp radio heater mixer camera speaker printer scanner", noun, " ")
		split("black white steel red blue silver", colour, " ")
		n = split("travel compact digital cordless portable professional rotating folding quiet wireless classic slim", kind, " ")
		split("warranty cable charger case stand remote filter timer", extra, " ")
		print "id,name,about,price" >"a.csv"; print "id,name,about,price" >"b.csv"; print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (i = 1; i <= 900; i++) {
			if (i % 3 == 1) { m = sprintf("%c%c%d", 65 + draw(26), 65 + draw(26), 100 + draw(900)); t = pick(kind, n) " " pick(kind, n); w = pick(noun, 10); p = 10 + draw(300); f = pick(brand, 6) }
			c = colour[1 + i % 6]; e = pick(extra, 8); x = pick(extra, 8)
			if (i <= 600) {
				printf "a%d,%s %s %s %s - %s,%s %s %s %s with %s and %s,%s\n", i, f, t, w, c, m substr(c, 1, 1), f, t, w, c, e, x, i % 2 ? p : "" >"a.csv"
				print "a,a" i "," i >"truth.csv"
			}
			if (i <= 300 || i > 600) {
				printf "b%d,%s %s %s,%s %s %s %s for the home and the office,%s\n", i, m substr(c, 1, 1), w, c, t, w, i % 4 ? f : "", e, i % 5 ? p + draw(9) : "" >(i <= 300 ? "b.csv" : "rest.csv")
				print "b,b" i "," i >"truth.csv"
			}
		}
	}'
(head -n 1 b.csv; cat rest.csv) >other.csv
cat rest.csv >>b.csv
"$PADAN" link a.csv b.csv --unique-id id --quiet --out o >/dev/null || exit 9
grep '^all texts' o/decisions.txt
"$PADAN" evaluate --truth truth.csv --link-only o --json 2>/dev/null >figures.json
sed 's/.*"pairs":{\([^}]*\)}.*/\1/' figures.json | tr ',' '\n' | awk -F: '/"(precision|recall)"/ { print $1, ($2 >= .9 ? "is high" : $2) }'
"$PADAN" link a.csv b.csv --unique-id id --quiet --model o/model.json --out again >/dev/null || exit 9
cmp o/clusters.csv again/clusters.csv && cmp o/pairs.csv again/pairs.csv
"$PADAN" link a.csv b.csv --unique-id id --quiet --threads 3 --out threads >/dev/null || exit 9
cmp o/clusters.csv threads/clusters.csv && cmp o/model.json threads/model.json

"$PADAN" link a.csv other.csv --unique-id id --quiet --out n >/dev/null || exit 9
echo "nothing in common: $(($(wc -l <n/clusters.csv) - 1 - $(cut -d, -f3 n/clusters.csv | tail -n +2 | sort -u | wc -l))) linked"
