# A job gives the same bytes from a revision as from the file that has the same rows in the same order: those of the base,
# changed ones in their place, added ones behind them. Two nights; the base never changes. Only the size and the SHA-256
# of the register are others, and what tells of the run itself.
set -e
"$PADAN" generate --people 800 --seed 7 --provinces 34 --out files >/dev/null
cp -r files revised
register=kependudukan.csv
"$PADAN" index --quiet files/$register --out revised/dasar.padan
cp revised/dasar.padan dasar.asli
# night NUMBER: every 9th row that is there is changed, every 20th removed, one added; one is to be removed that is not there.
night() {
	awk -F, -v night="$1" 'BEGIN { OFS = "," } NR == 1 { print $0, "operasi"; next }
		NR % 20 == night { print $1 ",,,,,,,,,,,,,,,hapus"; next }
		NR % 9 == night { $5 = $5 " B"; print $0, NR % 2 ? "ubah" : "" }
		NR == 3 { $1 = "baru" night; print $0, "tambah" }
		NR == 4 && night == 2 { print "tidak-ada,,,,,,,,,,,,,,,hapus" }' files/$register >changes.csv
	awk -F, -v night="$1" 'BEGIN { OFS = "," } NR == 1 { print; next }
		NR == 3 { last = $0; sub(/^[^,]*/, "baru" night, last) }
		NR % 20 == night { next } NR % 9 == night { $5 = $5 " B" } { print } END { print last }' files/$register >whole.csv
	mv whole.csv files/$register
}
night 1
"$PADAN" index --quiet revised/dasar.padan --changes changes.csv --operation operasi --out revised/$register
night 2
"$PADAN" index --quiet revised/$register --changes changes.csv --operation operasi --out revised/$register 2>err || echo "exit $?"
cat err
cmp revised/dasar.padan dasar.asli
for folder in files revised; do
	"$PADAN" run --quiet --threads 2 $folder/job.yaml >/dev/null || true
	(cd $folder && "$PADAN" check --quiet job.yaml >check.txt) || true
	"$PADAN" link --quiet --preset orang-indonesia --out link.$folder $folder/$register $folder/pkh.csv >/dev/null || true
	sed -i "/^$register,/s/,[0-9a-f]\{64\},/,sha256,/" $folder/hasil/malam-1-0001/ringkasan_pemuatan.csv
	sed -i 's/[0-9a-f]\{64\}/sha256/g; s/"bytes":[0-9]*/"bytes":N/g' $folder/hasil/malam-1-0001/laporan.html
done
diff -r -x manifest.json -x jejak.jsonl files/hasil/malam-1-0001 revised/hasil/malam-1-0001 && echo "run: the same"
diff files/check.txt revised/check.txt && echo "check: the same"
diff -r -x manifest.json link.files link.revised && echo "link: the same"
grep -c "^$register" revised/hasil/malam-1-0001/ringkasan_pemuatan.csv
# What is wrong is said in one sentence, and nothing is written.
set +e
echo 'unique_id,nama' >few.csv
"$PADAN" index revised/dasar.padan --changes few.csv --out revised/tidak.padan; echo "exit $?"
"$PADAN" index revised/dasar.padan --changes changes.csv --out revised/tidak.padan; echo "exit $?"
"$PADAN" index revised/dasar.padan --changes changes.csv --operation operasi --out tidak.padan; echo "exit $?"
"$PADAN" index revised/dasar.padan --changes changes.csv --operation operasi --out revised/dasar.padan; echo "exit $?"
"$PADAN" index files/$register --changes changes.csv --operation operasi --out files/tidak.padan; echo "exit $?"
"$PADAN" index revised/dasar.padan --changes changes.csv --operation operasi; echo "exit $?"
"$PADAN" index revised/dasar.padan --key nik --out revised/tidak.padan; echo "exit $?"
ls revised/tidak.padan files/tidak.padan tidak.padan 2>/dev/null
mv revised/dasar.padan revised/pindah.padan
"$PADAN" link --quiet --preset orang-indonesia --out link.tidak revised/$register revised/pkh.csv; echo "exit $?"
"$PADAN" index --quiet revised/pkh.csv --out revised/dasar.padan
"$PADAN" link --quiet --preset orang-indonesia --out link.tidak revised/$register revised/pkh.csv; echo "exit $?"
