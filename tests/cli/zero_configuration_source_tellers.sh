# A register and a list that each say their own year in every row: it tells the source, and is no rule and no comparison.
. "$(dirname "$0")/data/people.inc"
. "$(dirname "$0")/data/register_and_list.inc"
awk "$people$register_and_list"'
	BEGIN {
		begin_files()
		for (i = 1; i <= 2000; i++) {
			next_person(i)
			if (i % 2 == 0) list_row("d" i)
		}
	}'
for list in register:2020 daftar:2030; do
	awk -v year="${list#*:}" 'NR == 1 { year_or_name = "tahun" } NR > 1 { year_or_name = year } { print $0 "," year_or_name }' \
		"${list%:*}.csv" >with_year && mv with_year "${list%:*}.csv"
done
"$PADAN" link register.csv daftar.csv --unique-id id --out o >/dev/null 2>&1 || exit 9
grep "^column *tahun" o/decisions.txt
grep -cE '^(  rule|comparison).*tahun' o/decisions.txt
"$PADAN" evaluate --truth truth.csv --link-only o |
	awk '/^all sources/ { print $3, ($6 >= .98 && $7 >= .96 ? "found" : $0) }'
