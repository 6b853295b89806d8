# Two files that call their columns differently, in another order, with capitals and dates of another form: columns are
# matched by what is in them, the model that was written says so and does the same again. A column without a counterpart
# is left out. Invented people.
. "$(dirname "$0")/data/people.inc"
awk "$people"'
	BEGIN {
		state = 4711
		print "id,nama,marga,telepon,lahir,catatan" >"register.csv"
		print "id,c1,c2,c3,c4" >"daftar.csv"
		print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (i = 1; i <= 600; i++) {
			a = first_name(); b = last_name()
			t = "08" (100000000 + draw(899999999))
			y = 1950 + draw(60); o = 1 + draw(12); d = 1 + draw(28)
			if (i <= 400) print "r" i "," a "," b "," t "," sprintf("%04d-%02d-%02d", y, o, d) "," draw(5) >"register.csv"
			if (i <= 400) print "register,r" i "," i >"truth.csv"
			if (i <= 200) continue
			print "d" i "," sprintf("%02d/%02d/%04d", d, o, y) "," tolower(b) "," substr(t, 1, 4) "-" substr(t, 5) "," tolower(a) >"daftar.csv"
			print "daftar,d" i "," i >"truth.csv"
		}
	}'
"$PADAN" link register.csv daftar.csv --unique-id id --quiet --out o >/dev/null || exit 9
grep '^same column' o/decisions.txt | cut -d: -f1 | sort
grep -c 'catatan: left out, has values in one source only' o/decisions.txt
"$PADAN" evaluate --truth truth.csv --link-only o | awk '/^all sources/ { print $3, ($6 >= .99 && $7 >= .99 ? "found" : $0) }'
grep padan_columns o/model.json | tr ',' '\n' | grep -c '"c'
"$PADAN" link register.csv daftar.csv --unique-id id --quiet --model o/model.json --out again >/dev/null || exit 9
cmp o/clusters.csv again/clusters.csv && cmp o/pairs.csv again/pairs.csv

# Columns that have nothing in common stay apart.
awk -F, 'NR == 1 { print "id,warna,harga"; next } { print $1 ",w" NR "x" NR * 7 "," NR * 13 }' daftar.csv >lain.csv
"$PADAN" link register.csv lain.csv --unique-id id --quiet --out p
echo "exit code $?"
