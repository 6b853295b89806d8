# A register against a list that has everybody two, or six, times, with typing errors: rows of one person are not rivals.
. "$(dirname "$0")/data/people.inc"
make_tables() {
	awk -v copies="$1" "$people"'
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
				for (k = 1; k <= copies; k++) {
					print "d" i "_" k "," spoilt(a) "," spoilt(b) "," spoilt(t) "," d >"daftar.csv"
					print "daftar,d" i "_" k "," i >"truth.csv"
				}
			}
		}'
}
for copies in 2 6; do
	make_tables $copies
	"$PADAN" link register.csv daftar.csv --unique-id id --out o$copies >/dev/null 2>&1 || exit 9
	"$PADAN" evaluate --truth truth.csv --link-only o$copies |
		awk -v n=$copies '/^all sources/ { print n, $3, ($6 >= .99 && $7 >= .95 ? "found" : $0) }'
	grep -c "a row may be linked more than once" o$copies/decisions.txt
done
