# A register with first names is linked with a list that has initials, in a column of another name and then in one of the
# same name: members of a family are told by their initials. Where a file has both, initials agree with names, too. The
# model that was written does the same again. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$draw"'function word(n, w) { for (w = ""; length(w) < n;) w = w substr("bcdfghklmnprstwy", 1 + draw(16), 1) substr("aeiou", 1 + draw(5), 1); return w }
	function given(w) { w = word(4 + draw(4)); return toupper(substr(w, 1, 1)) substr(w, 2) }
	function initials(name, i, n, words, text) { n = split(name, words, " "); for (i = 1; i <= n; i++) text = text substr(words[i], 1, 1) "."; return text }
	BEGIN {
		state = 4711
		print "id,voornamen,marga,kota" >"register.csv"
		print "id,inisial,marga,kota" >"lain.csv"
		print "id,voornamen,marga,kota" >"sama.csv"
		for (s = split("lain sama", lists, " "); s > 0; s--) print "source_dataset,unique_id,entity_id" >(lists[s] "_truth.csv")
		for (f = 1; f <= 250; f++) {
			family = word(5 + draw(5)); town = "Kota " draw(9)
			for (p = 1 + draw(3); p > 0; p--) {
				name = given() (draw(2) ? " " given() : ""); entity++
				print "r" entity "," name "," family "," town >"register.csv"
				for (s in lists) print "register,r" entity "," entity >(lists[s] "_truth.csv")
				if (draw(2)) continue
				for (s in lists) {
					print "d" entity "," initials(name) "," family "," town >(lists[s] ".csv")
					print lists[s] ",d" entity "," entity >(lists[s] "_truth.csv")
				}
			}
		}
	}'
for list in lain sama; do
	"$PADAN" link register.csv $list.csv --unique-id id --quiet --out $list >/dev/null || exit 9
	grep '^initials' $list/decisions.txt | cut -d: -f1
	"$PADAN" evaluate --truth ${list}_truth.csv --link-only $list | awk -v list=$list '/^all sources/ { print list, ($6 >= .95 && $7 >= .95 ? "found" : $0) }'
	"$PADAN" link register.csv $list.csv --unique-id id --quiet --model $list/model.json --out again >/dev/null || exit 9
	cmp $list/clusters.csv again/clusters.csv && cmp $list/pairs.csv again/pairs.csv
done
