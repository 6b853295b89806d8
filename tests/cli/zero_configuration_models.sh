# Two shops that tell goods by numbers of models, which differ in a digit in a series: one has them in a column, the other
# in the title, with a sign, apart, or as one word. Goods of the series that the other shop does not have are not linked.
# Invented goods.
. "$(dirname "$0")/data/words.inc"
awk "$draw"'function pick(list, n) { return list[1 + draw(n)] }
	BEGIN {
		state = 1907
		split("acme borex cintra delvo elmar fonda", brand, " ")
		split("kettle toaster lamp radio heater mixer camera speaker printer scanner", noun, " ")
		n = split("travel compact digital cordless portable professional rotating folding quiet wireless classic slim", kind, " ")
		print "id,title,model,price" >"a.csv"; print "id,title,model,price" >"b.csv"; print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (i = 1; i <= 900; i++) {
			if (i % 3 == 1) {
				f = pick(brand, 6); w = pick(noun, 10); t = pick(kind, n) " " pick(kind, n)
				l = sprintf("%c%c%c", 65 + draw(26), 65 + draw(26), 65 + draw(26)); m = 100 + 10 * draw(90)
			}
			m++; p = 20 + draw(300)
			if (i <= 600) {
				printf "a%d,%s %s %s with %s,%s-%d,%d\n", i, f, t, w, pick(kind, n), l, m, p >"a.csv"
				print "a,a" i "," i >"truth.csv"
			}
			if (i <= 300 || i > 600) {
				s = substr("- ", 1 + draw(3), 1)
				printf "b%d,%s %s%s%d - %s %s in a box,%s,%d\n", i, f, l, s, m, pick(kind, n), w, i % 2 ? "" : l m, p + draw(30) >"b.csv"
				print "b,b" i "," i >"truth.csv"
			}
		}
	}'
"$PADAN" link a.csv b.csv --unique-id id --quiet --out o >/dev/null || exit 9
grep '^column  *model' o/decisions.txt | sed 's/code.*; //'
"$PADAN" evaluate --truth truth.csv --link-only o --json 2>/dev/null |
	sed 's/.*"pairs":{\([^}]*\)}.*/\1/' | tr ',' '\n' | awk -F: '/"(precision|recall)"/ { print $1, ($2 >= .95 ? "is high" : $2) }'
"$PADAN" link a.csv b.csv --unique-id id --quiet --model o/model.json --out again >/dev/null || exit 9
cmp o/clusters.csv again/clusters.csv && cmp o/pairs.csv again/pairs.csv
