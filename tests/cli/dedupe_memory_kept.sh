# Half of the memory that a job would take gives the same bytes; so does the least that a refusal names. So many rows
# that half is well above the least, which has a fixed part.
awk 'BEGIN {
	print "id,name,born"
	for (i = 0; i < 1500000; i++) {
		of = i % 20 == 0 && i > 0 ? i - 1 : i
		printf "%d,%c%c%c%d,19%02d-%02d-%02d\n", i, 97 + of % 26, 97 + of % 23, 97 + of % 19, of % 99991, of % 97, 1 + of % 12, 1 + of % 28
	}
}' >d.csv
cat >m.json <<'MODEL'
{"link_type": "dedupe_only", "unique_id_column_name": "id",
 "blocking_rules_to_generate_predictions": ["l.name = r.name", "l.born = r.born and substr(l.name, 1, 3) = substr(r.name, 1, 3)"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
   {"sql_condition": "name_l = name_r", "padan_weight": 20},
   {"sql_condition": "jaro_winkler_similarity(name_l, name_r) >= 0.9", "padan_weight": 8},
   {"sql_condition": "ELSE", "padan_weight": -4}]}]}
MODEL
# run OUT OPTIONS...: stays within the bound by the system's own count, where GNU time is there to tell it
run() {
	out=$1
	shift
	if [ -x /usr/bin/time ]; then
		/usr/bin/time -f %M -o peak "$PADAN" dedupe d.csv --model m.json --threads 2 --quiet --out "$out" "$@" >/dev/null || exit 9
	else
		"$PADAN" dedupe d.csv --model m.json --threads 2 --quiet --out "$out" "$@" >/dev/null || exit 9
		echo 0 >peak
	fi
}
# same OUT: what a manifest alone may differ in
same() {
	for file in pairs.csv clusters.csv blocking.csv decisions.txt model.json; do cmp "all/$file" "$1/$file" || exit 8; done
}
run all
[ "$(wc -l <all/pairs.csv)" -gt 40000 ] || echo "too few pairs to tell anything"
half=$(($(cat peak) / 2))
case $(stat -f -c %T .) in
tmpfs | ramfs) half=0 ;; # nothing can be moved to a disk here
esac
"$PADAN" dedupe d.csv --model m.json --memory 4M --quiet --out small 2>refused
echo "exit code $?"
[ ! -e small ] || echo "something was written"
least=$(sed -n 's/.*: allow \([0-9.]*\) GiB.*/\1/p' refused)
[ -n "$least" ] || cat refused
if [ "$half" -gt 0 ]; then
	run half --memory "${half}K"
	[ "$(cat peak)" -le "$half" ] || echo "half: $(cat peak) kB of $half"
	same half
	run least --memory "${least}G"
	[ "$(cat peak)" -le "$(echo "$least" | awk '{print int($1 * 1048576)}')" ] || echo "least: $(cat peak) kB of $least GiB"
	same least
fi
