# Options of dedupe, link and evaluate that would be without effect, or contradict each other, are refused. A threshold
# that no pair can reach links nothing (it once linked everything).
cat >rows.csv <<'EOF'
unique_id,name,town
a1,ANA,BOGOR
a2,ANA,BOGOR
b1,BUDI,DEPOK
b2,BUDI,DEPOK
EOF
. "$(dirname "$0")/data/model_of_names.inc"
model link_and_dedupe >model.json
try() {
	"$PADAN" "$@" --quiet --out o 2>&1
	echo "exit $?"
}
with="--model model.json"
for p in 1 1.5 90 -0.1; do try dedupe rows.csv $with --threshold-probability $p; done
for w in 1e10 1e308; do
	try dedupe rows.csv $with --threshold-weight $w
	wc -l <o/pairs.csv
done
try dedupe rows.csv $with --threshold-probability 0
wc -l <o/pairs.csv
try dedupe rows.csv $with --threshold-weight 3 --threshold-probability .5
try dedupe rows.csv $with --preset people
try dedupe rows.csv $with --ignore town,citi
try link rows.csv $with
printf 'unique_id,name,town,source\n1,ANA,BOGOR,x\n2,ANA,BOGOR,x\n' >one_source.csv
try link one_source.csv $with --source-column source
try link rows.csv --link-type dedupe_only $with
# as many names to ignore as one likes
names=$(awk 'BEGIN { for (i = 0; i < 100; i++) printf ",c%d", i }')
{ sed "1s/\$/$names/" rows.csv | head -n 1; sed -n '2,$p' rows.csv | sed "s/\$/$(printf '%s' "$names" | sed 's/c[0-9]*/same/g')/"; } >wide.csv
try dedupe wide.csv $with --ignore "${names#,}"
# types of columns that the model does not use, named in capital or small letters
try dedupe wide.csv $with --types C1=INT
try dedupe wide.csv $with --types c_1=INT
"$PADAN" link rows.csv rows.csv $with --out o 2>&1 >/dev/null | grep "the model says"
# evaluate
printf 'unique_id,entity_id\na1,A\na2,A\nb1,B\nb2,B\n' >truth.csv
printf 'unique_id_l,unique_id_r\na1,a2\n' >pairs.csv
judge() {
	"$PADAN" evaluate --truth truth.csv "$@" 2>&1 | grep -E "^padan|all sources"
}
judge o --threshold-weight 3
judge --pairs pairs.csv --threshold-weight 3
judge --pairs pairs.csv --threshold-weight 3 --threshold-probability .5
judge --pairs pairs.csv
judge o --unique-id rec_id
judge o --label-column person
printf 'row,group\na1,1\na2,1\nb1,2\nb2,2\n' >groups.csv
judge --clusters groups.csv
judge --clusters groups.csv --unique-id row --label-column group
