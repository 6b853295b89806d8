# Labelled pairs and a model that was made without any: its weights stay unless the labels say that others are better, and
# labels that are wrong, few or of one kind make no link worse; each is told.
set -eu
. "$(dirname "$0")/data/people.inc"
. "$(dirname "$0")/data/register_and_list.inc"
awk "$people$register_and_list"'
	BEGIN {
		begin_files()
		for (i = 1; i <= 400; i++) {
			next_person(i)
			if (i % 2 == 0) list_row("d" i)
		}
	}'
"$PADAN" link register.csv daftar.csv --unique-id id --out o >/dev/null 2>&1 || exit 9
labels() { # matches, others, matches that are none
	echo source_dataset_l,unique_id_l,source_dataset_r,unique_id_r,match
	awk -v m="$1" -v o="$2" -v w="$3" 'BEGIN {
		for (i = 1; i <= m; i++) print "register,r" 4 * i ",daftar,d" 4 * i ",1"
		for (i = 1; i <= o; i++) print "register,r" 4 * i ",daftar,d" 4 * i + 100 ",0"
		for (i = 1; i <= w; i++) print "register,r" 4 * i + 1 ",daftar,d" 4 * i + 110 ",1"
	}'
}
for given in "50 50 0" "50 47 3" "5 5 0" "50 0 0" "0 50 0"; do
	set -- $given
	labels $1 $2 $3 >labels.csv
	"$PADAN" train register.csv daftar.csv --unique-id id --model o/model.json --labels labels.csv --out t.json \
		--quiet >/dev/null
	echo "== $given"
	sed -n 's/^  \(.*label.*\)/\1/p' t.training.txt | grep -v ' m [0-9]' || true
	"$PADAN" link register.csv daftar.csv --unique-id id --model t.json --out t >/dev/null 2>&1
	"$PADAN" evaluate --truth truth.csv --link-only t |
		awk '/^all sources/ { print ($6 >= .99 && $7 >= .99 ? "found" : $0) }'
done
echo "== by its key, not by its name"
labels 50 50 0 >labels.csv
train() {
	"$PADAN" train register.csv daftar.csv --unique-id id --model "$1" --labels labels.csv --out "$2" --quiet >/dev/null
}
train o/model.json o/t.json
mkdir named
sed 's/"padan_name": "[^"]*"/"padan_name": "ours"/' o/model.json >named/made.json
sed '/"padan_made_from_rows"/d' o/model.json >named/users.json
cmp -s o/model.json named/made.json && exit 9
train named/made.json named/t.json
sed 's/"ours"/"zero configuration"/' named/t.json | cmp - o/t.json && echo "renamed: the same model"
grep '"padan_' named/t.json | sed -n 1,3p
train named/users.json named/u.json
grep '"padan_name"\|made_from' named/u.json
grep -c 'these stay' named/u.training.txt || true
