# A register with dates of birth is linked with a list that has years of birth, then with one that has ages: the years
# are compared, and ages tell in which year they were taken. The model that was written does the same again. A column of
# years in which people entered is no year of birth. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$draw"'function word(n, w) { for (w = ""; length(w) < n;) w = w substr("BCDFGHKLMNPRSTWY", 1 + draw(16), 1) substr("AEIOU", 1 + draw(5), 1); return w }
	BEGIN {
		state = 4711
		for (i = 1; i <= 200; i++) first[i] = word(4 + draw(4)); for (i = 1; i <= 60; i++) last[i] = word(5 + draw(5))
		print "id,nama,tgl_lahir,desa" >"register.csv"
		print "id,nama,thn_lahir,desa" >"tahun.csv"
		print "id,nama,umur,desa" >"umur.csv"
		print "id,nama,angkatan,desa" >"masuk.csv"
		n_lists = split("tahun umur masuk", lists, " ")
		for (s = 1; s <= n_lists; s++) print "source_dataset,unique_id,entity_id" >(lists[s] "_truth.csv")
		for (i = 1; i <= 700; i++) {
			name = first[1 + draw(200)] " " last[1 + draw(60)]; year = 1940 + draw(70); village = "DESA " draw(12)
			if (i <= 500) print "r" i "," name "," sprintf("%02d/%02d/%04d", 1 + draw(28), 1 + draw(12), year) "," village >"register.csv"
			if (i <= 500) for (s = 1; s <= n_lists; s++) print "register,r" i "," i >(lists[s] "_truth.csv")
			if (i <= 250) continue
			if (draw(2)) name = substr(name, 1, 1) ". " substr(name, index(name, " ") + 1)
			print "d" i "," name "," year "," village >"tahun.csv"
			print "d" i "," name "," 2023 - year "," village >"umur.csv"
			print "d" i "," name "," year + 18 + draw(30) "," village >"masuk.csv"
			for (s = 1; s <= n_lists; s++) print lists[s] ",d" i "," i >(lists[s] "_truth.csv")
		}
	}'
for list in tahun umur masuk; do
	"$PADAN" link register.csv $list.csv --unique-id id --quiet --out $list >/dev/null || exit 9
	grep '^year of birth' $list/decisions.txt | cut -d: -f1
	"$PADAN" evaluate --truth ${list}_truth.csv --link-only $list | awk -v list=$list '/^all sources/ { print list, ($6 >= .95 && $7 >= .95 ? "found" : "lost") }'
	"$PADAN" link register.csv $list.csv --unique-id id --quiet --model $list/model.json --out again >/dev/null || exit 9
	cmp $list/clusters.csv again/clusters.csv && cmp $list/pairs.csv again/pairs.csv
done
