# Rosters as regions send them: every row that was written is read, money included, and nearly as many are matched as in
# the clean layout; the same bytes for any number of threads; a second generation leaves no file of the first.
make() {
	"$PADAN" generate --people 2000 --seed "$1" --regime daerah --provinces 34 --layouts "$2" --threads "$3" --out "$4" >/dev/null || exit 9
}
make 5 messy 2 messy
make 4 messy 1 again
make 5 messy 1 again
diff -r messy again && echo "one thread and two, and over older files: the same"
make 5 clean 1 clean
for layout in clean messy; do
	"$PADAN" run --quiet $layout/job.yaml >/dev/null 2>&1
	[ $? -le 1 ] || echo "$layout: the run failed"
done

# Sum of columns of ringkasan_pemuatan.csv by header.
column() { awk -F, -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next } { gsub(/","/, "comma"); sum += $c } END { printf "%d\n", sum }' "$1"; }
runs=hasil/malam-1-0001
for name in baris_dibaca diterima ditolak nominal_diterima; do
	a=$(column clean/$runs/ringkasan_pemuatan.csv $name)
	b=$(column messy/$runs/ringkasan_pemuatan.csv $name)
	[ "$a" = "$b" ] && echo "$name: as in the clean layout" || echo "$name: $a clean, $b messy"
done
[ "$(column messy/$runs/ringkasan_pemuatan.csv diterima)" = $(($(wc -l <messy/truth.csv) - 1)) ] && echo "rows read = rows of the truth"
echo "totals rows that differ: $(grep -c 'tidak$' messy/$runs/ringkasan_pemuatan.csv)"

# Rows of programs by class, nationwide.
matched() { awk -F, '$1 == "nasional" && $5 != "" { n += $7; m += $14 } END { printf "%d\n", 1000 * m / n }' "$1/$runs/rekap_padan.csv"; }
a=$(matched clean) b=$(matched messy)
[ $((a - b)) -le 30 ] && echo "matched as in the clean layout" || echo "matched: $a of 1000 clean, $b messy"
