# People who are easily taken for one: as many pairs of each kind as asked, twice the same bytes, everybody in both files,
# and a run hardly joins any of them.
for out in a b; do
	"$PADAN" generate --hard-negatives 400 --seed 3 --regime baru --provinces 34 --out $out >/dev/null || exit 9
done
diff -r a b && echo "the same twice"
cut -d, -f1 a/pasangan_beda.csv | sort | uniq -c | awk '{ print $2, $1 }'
wc -l a/kependudukan.csv a/daftar.csv a/truth.csv | awk '{ print $2, $1 }' | grep -v total
"$PADAN" run --quiet a/job.yaml >/dev/null 2>&1
[ $? -le 1 ] || echo "the run failed"
"$PADAN" evaluate --truth a/truth.csv --distinct a/pasangan_beda.csv a/hasil/sulit-0001 >figures || exit 9
awk '/^pairs of different entities/ { on = 1; next } on && $2 == 400 && $3 * 1000 <= 5 * $2 { print $1, "hardly ever merged" }' figures
"$PADAN" generate --hard-negatives 10 --people 1000 --out c
