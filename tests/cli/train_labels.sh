# Labelled pairs and a model that was made without any: its weights stay unless the labels say that others are better, and
# labels that are wrong, few or of one kind make no link worse; each is told.
set -eu
. "$(dirname "$0")/data/people.inc"
awk "$people"'
	function spoilt(word, at) {
		if (draw(3) > 0) return word
		at = 1 + draw(length(word) - 1)
		return substr(word, 1, at - 1) substr(word, at + 1)
	}
	BEGIN {
		state = 4711
		print "id,nama,marga,telepon,lahir" >"register.csv"
		print "id,nama,marga,telepon,lahir" >"daftar.csv"
		print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (i = 1; i <= 400; i++) {
			a = first_name()
			b = last_name()
			t = "08" (100000000 + draw(899999999))
			d = sprintf("%04d-%02d-%02d", 1950 + draw(60), 1 + draw(12), 1 + draw(28))
			print "r" i "," a "," b "," t "," d >"register.csv"
			print "register,r" i "," i >"truth.csv"
			if (i % 2) continue
			print "d" i "," spoilt(a) "," spoilt(b) "," spoilt(t) "," d >"daftar.csv"
			print "daftar,d" i "," i >"truth.csv"
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
