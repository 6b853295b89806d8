# People who are easily taken for one: as many pairs of each kind as asked, twice the same bytes, everybody in both files,
# and neither a run, with the register or with both files as rosters, nor dedupe joins hardly any of them.
for out in a b; do
	"$PADAN" generate --hard-negatives 400 --seed 3 --regime daerah --provinces 34 --out $out >/dev/null || exit 9
done
diff -r a b && echo "the same twice"
cut -d, -f1 a/pasangan_beda.csv | sort | uniq -c | awk '{ print $2, $1 }'
wc -l a/kependudukan.csv a/daftar.csv a/truth.csv | awk '{ print $2, $1 }' | grep -v total
"$PADAN" run --quiet a/job.yaml >/dev/null 2>&1
[ $? -le 1 ] || echo "the run failed"
sed -e 's/role: register, path/role: program, program: PIP, unit: person, period: 2026-11, path/' -e 's/^name: sulit/name: daftar/' a/job.yaml >a/rosters.yaml
"$PADAN" run --quiet a/rosters.yaml >/dev/null 2>&1
[ $? -le 1 ] || echo "the run without a register failed"
"$PADAN" dedupe --quiet --preset orang-indonesia --link-type link_and_dedupe --out joined a/kependudukan.csv a/daftar.csv >/dev/null || exit 9
for folder in a/hasil/sulit-0001 a/hasil/daftar-0001 joined; do
	"$PADAN" evaluate --truth a/truth.csv --distinct a/pasangan_beda.csv $folder >figures || exit 9
	awk '/^all sources/ { print ($7 >= .94 ? "most people are found" : "recall " $7) }
		/^pairs of different entities/ { on = 1; next } on && $2 == 400 && $3 * 1000 <= 5 * $2 { print $1, "hardly ever merged" }' figures
done
"$PADAN" generate --hard-negatives 10 --people 1000 --out c
