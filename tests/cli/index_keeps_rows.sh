# What is made of a register is kept beside its index and taken up by runs of which everything it was made from is the
# same. Results are the same bytes with it and without, for any number of threads, on other nights, and whatever is wrong
# with it: then one sentence says why it is not used.
set -e
"$PADAN" generate --people 800 --seed 7 --provinces 34 --out made >/dev/null
"$PADAN" index --quiet made/kependudukan.csv --out made/daftar.padan
sed -i 's/path: kependudukan.csv/path: daftar.padan/' made/job.yaml
number=0
night() {
	number=$((number + 1))
	"$PADAN" run --threads "$2" --out "hasil.$number" made/job.yaml >/dev/null 2>err || true
	grep -h normalised err | sed 's/^ *[0-9.]* s *//' || true
	mv "hasil.$number"/malam-1-0001 "malam.$number"
	[ "$number" = 1 ] && return
	diff -r -x manifest.json -x jejak.jsonl "malam.$3" "malam.$number" && echo "$1: the same"
}
night 'without' 1 1
"$PADAN" index --quiet made/daftar.padan --job made/job.yaml
ls made/*.normal
for threads in 1 2 3; do night "with, $threads threads" $threads 1; done
echo '--- within a bound of memory'
cp made/daftar.padan.normal good
case $(stat -f -c %T .) in tmpfs | ramfs) ;; # nothing can be moved to a disk where there is none
*)
	rm made/daftar.padan.normal
	"$PADAN" index --quiet made/daftar.padan --job made/job.yaml --memory 48M >/dev/null
	;;
esac
cmp good made/daftar.padan.normal && echo 'made within a bound: the same'
"$PADAN" index made/daftar.padan --job made/job.yaml --memory 1M 2>&1 | grep -o 'only .* are allowed' || true
"$PADAN" index made/daftar.padan --memory 1G 2>&1 | grep -o -e '--memory goes with.*' || true
echo '--- damaged, cut, none of ours'
cp made/daftar.padan.normal good
printf x | dd of=made/daftar.padan.normal bs=1 seek=5000 conv=notrunc 2>/dev/null
night 'damaged' 2 1
head -c 20000 good >made/daftar.padan.normal
night 'cut' 2 1
echo nothing >made/daftar.padan.normal
night 'none' 2 1
cp good made/daftar.padan.normal
echo '--- another night: rosters, then the job, then the index'
"$PADAN" generate --people 800 --seed 7 --provinces 34 --previous made --out next >/dev/null
cp next/pkh.csv next/sembako.csv made
mv made/daftar.padan.normal . && night 'rosters, without' 2 1 >/dev/null || rosters=$number
mv daftar.padan.normal made && night 'other rosters' 2 "$rosters"
sed 's/^reference_date: .*/reference_date: 2027-01-05/' made/job.yaml >made/later.yaml
"$PADAN" run --quiet --out hasil.x made/later.yaml 2>&1 >/dev/null | cat
"$PADAN" run --out hasil.x made/later.yaml 2>&1 >/dev/null | grep -o 'made/.*normalised.*' || true
sed 's/role: register,/role: register, columns: {nama_ibu: null},/' made/job.yaml >made/columns.yaml
"$PADAN" run --out hasil.x made/columns.yaml 2>&1 >/dev/null | grep -o 'made/.*normalised.*' || true
sed 's/role: register,/role: register, date_order: dmy,/' made/job.yaml >made/order.yaml
"$PADAN" run --out hasil.x made/order.yaml 2>&1 >/dev/null | grep -o 'made/.*normalised.*' || true
echo '--- another build of the program'
cp "$PADAN" other && printf x >>other
cp made/daftar.padan.normal good
./other index --quiet made/daftar.padan --job made/job.yaml >/dev/null
"$PADAN" run --out hasil.x made/job.yaml 2>&1 >/dev/null | grep -o 'made/.*normalised.*' || true
cp good made/daftar.padan.normal
echo '--- a revision keeps its own'
head -1 made/kependudukan.csv >changes.csv
sed -n '5,40p' made/kependudukan.csv | sed 's/,[^,]*,[LP],/,BANDUNG,&/; s/,BANDUNG,,[^,]*,/,01-07-1980,/' >>changes.csv
"$PADAN" index --quiet made/daftar.padan --changes changes.csv --out made/revisi.padan >/dev/null
sed -i 's/path: daftar.padan/path: revisi.padan/' made/job.yaml
night 'a revision, without' 2 1 >/dev/null || revised=$number
"$PADAN" index --quiet made/revisi.padan --job made/job.yaml
night 'a revision' 3 "$revised"
cp made/daftar.padan.normal made/revisi.padan.normal
night "the base's" 2 "$revised"
echo '--- refused'
set +e
"$PADAN" index made/daftar.padan --job made/job.yaml 2>&1 | grep -o 'made/.*'
"$PADAN" index made/pkh.csv --job made/job.yaml 2>&1 | grep -o 'made/.*'
"$PADAN" index made/daftar.padan --job made/job.yaml --out x; echo "exit $?"
sed 's/path: revisi.padan/path: kependudukan.csv/' made/job.yaml >made/file.yaml
"$PADAN" index made/kependudukan.csv --job made/file.yaml 2>&1 | grep -o 'made/.*'
ls made/*.normal* made/*.sementara 2>/dev/null || true
