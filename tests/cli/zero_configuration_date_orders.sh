# Two files of which one has the month first and the other the day, and one file that has both lists with a column of
# sources: dates are compared as what they are, the model that was written does the same again, and nothing is turned
# where both lists have one order. A column may have another name in the other file. Invented people.
. "$(dirname "$0")/data/people.inc"
awk "$people"'
	function put(list, id, y, o, d) {
		us = sprintf("%d/%d/%04d", o, d, y); uk = sprintf("%d/%d/%04d", d, o, y)
		print id "," a "," b "," (list == "us" ? us : uk) >(list ".csv")
		print id "," a "," b "," us >(list "-as-us.csv")
		print id "," list "," a "," b "," (list == "us" ? us : uk) >"lists.csv"
		print list "," id "," i >"truth.csv"
	}
	BEGIN {
		state = 4711
		print "id,given,family,birth" >"us.csv"; print "id,given,family,dob" >"uk.csv"
		print "id,given,family,birth" >"us-as-us.csv"; print "id,given,family,birth" >"uk-as-us.csv"
		print "id,list,given,family,birth" >"lists.csv"; print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (i = 1; i <= 900; i++) {
			a = first_name(); b = last_name()
			y = 1950 + draw(60); o = 1 + draw(12); d = 1 + draw(28)
			if (i <= 600) put("us", "a" i, y, o, d)
			if (draw(3) == 0) b = last_name()
			if (i > 300) put("uk", "b" i, y, o, d)
		}
	}'
tell() {
	grep -E '^(dates|same column)' "$1"/decisions.txt | cut -d: -f1,2 | sed 's/ (dates.*//; s/likeness.*/alike/'
	grep padan_dates "$1"/model.json
	"$PADAN" evaluate --truth truth.csv --link-only "$1" | awk '/^all sources/ { print ($6 >= .99 && $7 >= .97 ? "found" : $0) }'
}
same() {
	cmp "$1"/pairs.csv "$2"/pairs.csv && cmp "$1"/clusters.csv "$2"/clusters.csv && cmp "$1"/model.json "$2"/model.json && echo same
}
link() { # folder, options
	folder=$1
	shift
	"$PADAN" link "$@" --unique-id id --quiet --out "$folder" >/dev/null || exit 9
}
link o us.csv uk.csv
tell o
link again us.csv uk.csv --model o/model.json
same o again
for t in 2 7; do
	link t$t us.csv uk.csv --threads $t
	same o t$t
done
echo "one file:"
link lists lists.csv --source-column list
tell lists
link lists-again lists.csv --source-column list --model lists/model.json
same lists lists-again
echo "one order:"
mkdir one && mv us-as-us.csv one/us.csv && mv uk-as-us.csv one/uk.csv
link one-order one/us.csv one/uk.csv
tell one-order
