# docs/columns.md has every column of every CSV file of a run, where the file is told of or among those in many files.
docs="$(dirname "$0")/../../docs/columns.md"
"$PADAN" generate --people 2000 --seed 5 --provinces 34 --out satu >/dev/null 2>&1
"$PADAN" run --quiet satu/job.yaml >/dev/null || exit 9
"$PADAN" generate --people 2000 --seed 5 --provinces 34 --previous satu --out dua >/dev/null 2>&1
cp satu/dtsen.csv dua/lama.csv
sed -i 's/^  dtsen:.*/&\n  lama: {role: registry, path: lama.csv, version: 2026-08, published: 2026-08-01}/' dua/job.yaml
"$PADAN" run --quiet dua/job.yaml >/dev/null
cd dua/hasil/malam-2-0001 || exit 9
n=0
# words FILE: the words in `signs` of the part on a file, or of the part on many.
words() {
	sed -n "/^## $1\$/,/^## /p" "$docs" | grep -o '`[^`]*`' | tr -d '`'
}
for file in *.csv; do
	head -n 1 "$file" | tr , '\n' | sed 's/^gamma_.*/gamma_*/; s/^mw_.*/mw_*/' | sort -u >../columns
	{ words "$file"; words 'In many files'; } | sort -u >../told
	grep -q "^## $file\$" "$docs" || echo "$file is not told of"
	comm -23 ../columns ../told | sed "s/^/$file: /"
	n=$((n + 1))
done
[ "$n" -ge 22 ] && echo "all files looked at"
