# Two lists of names of peoples that share one rare word at most. What their words tell is checked by nothing else, so chance is
# asked: one list is parted in two, which have no people in common, and pairs of both parts are as much alike as the links. Where
# the lists have nothing in common nothing is linked. Invented names, some of which two peoples of two lists have.
. "$(dirname "$0")/data/words.inc"
awk "$draw"'function syllable() { return part[1 + draw(17)] }
	function place(w) {
		w = syllable() syllable() (draw(2) ? syllable() : "") (draw(2) ? syllable() : "")
		return toupper(substr(w, 1, 1)) substr(w, 2)
	}
	BEGIN {
		state = 5119
		split("ka ri mo lan tor be su vel nar do pi gas hem wi lo tan fu", part, " ")
		print "id,title" >"a.csv"; print "id,title" >"b.csv"; print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (i = 1; i <= 1600; i++) {
			do p = place(); while (i <= 1200 && seen[p]++)
			q = draw(5) == 0 ? place() : ""
			if (i <= 1200) { printf "a%d,%s\n", i, q == "" ? p " people" : q " " p >"a.csv"; print "a,a" i "," i >"truth.csv" }
			if (i > 1200 || i <= 300) {
				t = q == "" ? p (draw(2) ? " tribe" : "s") : draw(2) ? p " in " q : q "s of " p
				printf "b%d,%s\n", i, t >(i <= 300 ? "b.csv" : "rest.csv"); print "b,b" i "," i >"truth.csv"
			}
		}
	}'
(head -n 1 b.csv; cat rest.csv) >other.csv
cat rest.csv >>b.csv
"$PADAN" link a.csv b.csv --unique-id id --quiet --out o >/dev/null || exit 9
"$PADAN" evaluate --truth truth.csv --link-only o --json 2>/dev/null |
	sed 's/.*"pairs":{\([^}]*\)}.*/\1/' | tr ',' '\n' | awk -F: '/"(precision|recall)"/ { print $1, ($2 >= .5 ? "is above a half" : $2) }'
"$PADAN" link a.csv b.csv --unique-id id --quiet --threads 3 --out threads >/dev/null || exit 9
cmp o/clusters.csv threads/clusters.csv && cmp o/model.json threads/model.json

"$PADAN" link a.csv other.csv --unique-id id --quiet --out n >/dev/null || exit 9
echo "nothing in common: $(($(wc -l <n/clusters.csv) - 1 - $(cut -d, -f3 n/clusters.csv | tail -n +2 | sort -u | wc -l))) linked"
