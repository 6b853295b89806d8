# What one file has in one column and the other in several: full name, birth date and address against their parts. They
# are put together by what is in them; the model says so and does the same again. Invented people.
. "$(dirname "$0")/data/people.inc"
awk "$people"'
	BEGIN {
		state = 815
		k = split("MELATI MAWAR KENANGA ANGGREK DAHLIA FLAMBOYAN CEMPAKA TERATAI", street, " ")
		print "id,nama_lengkap,tgl_lahir,alamat" >"register.csv"
		print "id,belakang,depan,hari,bulan,tahun,nomor,jalan" >"daftar.csv"
		print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (i = 1; i <= 600; i++) {
			a = first_name(); c = last_name(); s = street[1 + draw(k)]; h = 1 + draw(150)
			y = 1950 + draw(60); o = 1 + draw(12); d = 1 + draw(28)
			if (i <= 400) print "r" i ",\"" c ", " a "\"," sprintf("%04d-%02d-%02d", y, o, d) ",JL " s " " h >"register.csv"
			if (i <= 400) print "register,r" i "," i >"truth.csv"
			if (i <= 200) continue
			print "d" i "," c "," a "," d "," month[o] "," y "," h "," s >"daftar.csv"
			print "daftar,d" i "," i >"truth.csv"
		}
	}'
"$PADAN" link register.csv daftar.csv --unique-id id --quiet --out o >/dev/null || exit 9
grep '^parts of a whole' o/decisions.txt | sed 's/ (.*//' | sort
grep -c 'left out, read as a part of another column' o/decisions.txt
"$PADAN" evaluate --truth truth.csv --link-only o | awk '/^all sources/ { print $3, ($6 >= .99 && $7 >= .99 ? "found" : $0) }'
grep padan_joined_columns o/model.json
"$PADAN" link register.csv daftar.csv --unique-id id --quiet --model o/model.json --out again >/dev/null || exit 9
cmp o/clusters.csv again/clusters.csv && cmp o/pairs.csv again/pairs.csv
"$PADAN" link daftar.csv register.csv --unique-id id --quiet --out turned >/dev/null || exit 9
"$PADAN" evaluate --truth truth.csv --link-only turned | awk '/^all sources/ { print $3, ($6 >= .99 && $7 >= .99 ? "found" : $0) }'
