# Names that one clerk writes with accents and another without, or with marks of their own code points, are found: accents
# are a level below equal, and keys have none. What was written runs again. Invented people.
. "$(dirname "$0")/data/words.inc"
awk "$draw"'function plain(text, i) { for (i in bare) gsub(i, bare[i], text); return text }
	function apart(text, i) { for (i in two) gsub(i, two[i], text); return text }
	BEGIN {
		state = 90001
		n_first = split("Ánh Bình Cường Dũng Đức Giáng Hằng Hiếu Hưng Khánh Lộc Mỹ Ngọc Phượng Quyên Sơn Thảo Tuấn Uyển Vượng", first, " ")
		n_last = split("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý", last, " ")
		n = split("Á A ì i ườ uo ũ u Đ D ứ u á a ằ a ế e ư u ộ o ỹ y ọ o ượ uo ê e ơ o ả a ấ a ể e ễ e ầ a ạ a à a ỳ y õ o ặ a ù u ỗ o ồ o ô o ý y", map, " ")
		for (i = 1; i < n; i += 2) bare[map[i]] = map[i + 1]
		n = split("Á Á ì ì ũ ũ á á à à ế ế ễ ễ ọ ọ", map, " ")
		for (i = 1; i < n; i += 2) two[map[i]] = map[i + 1]
		print "id,name,born,cluster"
		for (i = 1; i <= 900; i++) {
			name = last[1 + draw(n_last)] " " first[1 + draw(n_first)] " " first[1 + draw(n_first)]
			born = sprintf("%04d-%02d-%02d", 1940 + draw(60), 1 + draw(12), 1 + draw(28))
			printf "a%d,%s,%s,%d\n", i, name, born, i
			if (i % 5 == 0) printf "b%d,%s,%s,%d\n", i, i % 10 == 0 ? plain(name) : apart(name), born, i
		}
	}' >people.csv
"$PADAN" dedupe people.csv --unique-id id --quiet --out o >/dev/null || exit 9
grep -c 'equal but for accents' o/decisions.txt
grep -o "replace(strip_accents(lower([^)]*)),'đ','d')" o/model.json | sort -u
"$PADAN" evaluate --truth people.csv --label-column cluster --unique-id id o --json 2>/dev/null |
	awk -F'"f1":' '{ split($2, f1, ","); print (f1[1] > .9 ? "found" : "F1 " f1[1]) }'
"$PADAN" dedupe people.csv --unique-id id --quiet --model o/model.json --out again >/dev/null || exit 9
cmp o/clusters.csv again/clusters.csv && cmp o/pairs.csv again/pairs.csv
