# A list with telephones as +55 (77) 074-0408 is linked with one that has 0770740408 in a column of another name, and a file in
# which both stand is deduplicated: namesakes are told by the number behind its beginning. The model that was written does the
# same again. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$draw"'function word(n, w) { for (w = ""; length(w) < n;) w = w substr("bcdfghklmnprstwy", 1 + draw(16), 1) substr("aeiou", 1 + draw(5), 1); return w }
	function digits(n, t) { for (t = ""; length(t) < n;) t = t draw(10); return t }
	function abroad(t) { return "+55 (" substr(t, 1, 2) ") " substr(t, 3, 3) "-" substr(t, 6) }
	BEGIN {
		state = 4711
		for (i = 0; i < 40; i++) { first[i] = word(4 + draw(5)); last[i] = word(5 + draw(5)) }
		print "id,nome,telefone" >"a.csv"
		print "id,cliente,fone" >"b.csv"
		print "id,nome,fone" >"one.csv"
		print "source_dataset,unique_id,entity_id" >"two_truth.csv"
		print "unique_id,entity_id" >"one_truth.csv"
		for (p = 0; p < 900; p++) {
			name = first[draw(40)] " " last[draw(40)]; number = digits(9)
			if (p < 600) {
				print "a" p "," name "," abroad(number) >"a.csv"
				print "a,a" p "," p >"two_truth.csv"
			}
			if (p >= 300) {
				print "b" p "," name ",0" number >"b.csv"
				print "b,b" p "," p >"two_truth.csv"
			}
			print "o" p "," name "," (draw(3) ? "0" number : abroad(number)) >"one.csv"
			print "o" p "," p >"one_truth.csv"
			if (p % 4) continue
			print "q" p "," name "," (draw(3) ? abroad(number) : "0" number) >"one.csv"
			print "q" p "," p >"one_truth.csv"
		}
	}'
try() {
	list=$1 command=$2 only=$3
	shift 3
	"$PADAN" "$command" "$@" --unique-id id --quiet --out $list >/dev/null || exit 9
	grep -E '^(same column +fone|last digits)' $list/decisions.txt | cut -d: -f1
	"$PADAN" evaluate --truth ${list}_truth.csv $only $list | awk -v list=$list '/^all sources/ { print list, ($6 >= .98 && $7 >= .98 ? "found" : $0) }'
	"$PADAN" "$command" "$@" --unique-id id --quiet --model $list/model.json --out again >/dev/null || exit 9
	cmp $list/clusters.csv again/clusters.csv && cmp $list/pairs.csv again/pairs.csv
}
try two link --link-only a.csv b.csv
try one dedupe '' one.csv
