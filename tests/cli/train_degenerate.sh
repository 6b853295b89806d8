# Files that give training little or nothing: each is told in one sentence, and the model that comes out can be used.
set -eu
comparison() { # column
	printf '{"output_column_name": "%s", "comparison_levels": [
	{"sql_condition": "%s_l IS NULL OR %s_r IS NULL", "is_null_level": true},
	{"sql_condition": "%s_l = %s_r"}, {"sql_condition": "ELSE"}]}' $1 $1 $1 $1 $1
}
model() { # blocking rules
	printf '{"link_type": "dedupe_only", "unique_id_column_name": "id", "blocking_rules_to_generate_predictions": [%s],
	"comparisons": [%s, %s, %s]}' "$1" "$(comparison a)" "$(comparison b)" "$(comparison c)"
}
train() { # name, options
	name=$1
	shift
	echo "== $name"
	"$PADAN" train $name.csv --model $name.json --out trained.json --quiet "$@" > /dev/null || echo "exit $?"
	[ ! -f trained.json ] || sed -n '/ warnings$/,$p' trained.training.txt
	[ ! -f trained.json ] || "$PADAN" dedupe $name.csv --model trained.json --out o --quiet > /dev/null
	! grep -i -E 'nan|inf' trained.json 2> /dev/null || echo "no numbers"
	rm -rf trained.* o
}
rows() { # awk of a, b, c
	awk 'BEGIN { print "id,a,b,c"; for (i = 0; i < 60; i++) for (k = 0; k < 2; k++) print "r" i k "," '"$1"' }'
}
rows '"a" i ",b" i % 7 "," ' > null.csv
model '"l.a = r.a", "l.b = r.b"' > null.json
train null
rows '"a" i ",b" i % 7 ",same"' > same.csv
model '"l.a = r.a", "l.b = r.b"' > same.json
train same
printf 'id,a,b,c\n1,x,y,z\n2,x,y,z\n3,u,v,w\n' > three.csv
model '"l.a = r.a", "l.b = r.b", "l.c = r.c and l.a = '"'none'"'"' > three.json
train three
rows '"a" i "x" k ",b" i "x" k ",c" i % 5' > never.csv
model '"l.a = r.a", "l.b = r.b"' > never.json
train never
rows '"a" i ",b" i % 7 ",c" i % 5' > labels.csv
model '"l.a = r.a", "l.b = r.b"' > labels.json
printf 'unique_id_l,unique_id_r,is_match\nr00,r11,0\nr20,r31,0\nr99,r98,0\n' > none.csv
train labels --labels none.csv
printf 'unique_id_l,unique_id_r,is_match\nr00,r01,1\nr10,r11,1\nr20,zz,1\n' > all.csv
train labels --labels all.csv
printf 'unique_id_l,unique_id_r,is_match\nx,y,1\n' > unknown.csv
train labels --labels unknown.csv
# A rule over elements of arrays is told, too.
sed '2,$s/,\([^,]*\)$/,"[\1,\1x]"/' labels.csv > explode.csv
model '"l.a = r.a", {"blocking_rule": "l.c = r.c", "arrays_to_explode": ["c"]}' |
	sed 's/"c_l = c_r"/"array_length(list_intersect(c_l, c_r)) >= 1"/' > explode.json
"$PADAN" train explode.csv --model explode.json --types 'c=VARCHAR[]' --out trained.json --quiet
grep arrays trained.training.txt
