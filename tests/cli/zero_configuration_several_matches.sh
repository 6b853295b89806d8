# A register against a list that has everybody two, or six, times, with typing errors: rows of one person are not rivals.
. "$(dirname "$0")/data/people.inc"
. "$(dirname "$0")/data/register_and_list.inc"
make_tables() {
	awk -v copies="$1" "$people$register_and_list"'
		BEGIN {
			begin_files()
			for (i = 1; i <= 400; i++) {
				next_person(i)
				for (k = 1; i % 2 == 0 && k <= copies; k++) list_row("d" i "_" k)
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
