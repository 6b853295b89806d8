# A few rows sought among many more: within less memory than all of these would need at hand, the same bytes. Where the
# few meet most of the others that cannot be done, and is refused with a figure that does.
. "$(dirname "$0")/data/memory_job.inc"
awk 'BEGIN {
	print "id,name,born,a1,a2,a3,a4,a5,a6,a7,a8"
	for (i = 0; i < 600000; i++)
		printf "%d,%c%c%d,19%02d-%02d-%02d,%d,%d,%d,%d,%d,%d,%d,%d\n", i, 97 + i % 26, 97 + i % 23, i % 99991, i % 97,
			1 + i % 12, 1 + i % 28, i % 7, i % 11, i % 13, i % 17, i % 19, i % 23, i % 29, 1
}' >many.csv
awk 'NR == 1 || NR % 120 == 0 { print (NR == 1 ? "" : "r") $0 }' many.csv >few.csv
# model RULE
model() {
	printf '{"link_type": "link_only", "unique_id_column_name": "id",\n "blocking_rules_to_generate_predictions": ["%s"],\n "comparisons": [' "$1"
	for column in name born a1 a2 a3 a4 a5 a6 a7 a8; do
		[ $column = name ] || printf ', '
		printf '{"output_column_name": "%s", "comparison_levels": [{"sql_condition": "%s_l = %s_r", "padan_weight": 4}, {"sql_condition": "ELSE", "padan_weight": -4}]}' $column $column $column
	done
	printf ']}\n'
}
model 'l.name = r.name' >m.json
"$PADAN" link many.csv few.csv --model m.json --threads 2 --quiet --out all >/dev/null || exit 9
wc -l <all/pairs.csv
has_disk || { printf 'few: exit code 0\nmost: exit code 4\nnothing was written\n' && exit 0; }
for threads in 1 2 7; do
	"$PADAN" link many.csv few.csv --model m.json --threads $threads --memory 60M --quiet --out few >/dev/null
	code=$?
	[ $threads -ne 2 ] || echo "few: exit code $code"
	same few
done
model 'l.a8 = r.a8 and l.a7 = r.a7' >m.json
"$PADAN" link many.csv few.csv --model m.json --threads 2 --memory 60M --quiet --out most >/dev/null 2>refused
echo "most: exit code $?"
[ -e most ] || echo "nothing was written"
least=$(sed -n 's/.* meet most of them, .*: allow \([0-9.]*\) GiB.*/\1/p' refused)
awk -v least="$least" 'BEGIN { exit !(least > 0.06 && least < 0.2) }' || cat refused
