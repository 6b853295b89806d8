# Rosters in the layouts that regions send hold the same rows, periods and rupiah as clean ones.
for layouts in clean messy; do
	"$PADAN" generate --people 6000 --seed 4 --regime daerah --provinces 35,94 --layouts $layouts --out $layouts >/dev/null || exit 9
	"$PADAN" run --quiet $layouts/job.yaml >/dev/null
	[ $? -le 1 ] || exit 9
	# source, program, period, rows, rupiah, rows without an amount
	grep '^nasional,' $layouts/hasil/malam-1-0001/rekap_padan.csv | cut -d, -f 4-7,21,22 >$layouts.txt
	n=$(($(wc -l <$layouts/hasil/malam-1-0001/ringkasan_pemuatan.csv) - 1))
	[ $n -ge 9 ] && [ $layouts = clean ] || [ $n -gt 30 ] || echo "$layouts: only $n files"
done
diff clean.txt messy.txt
[ "$(wc -l <clean.txt)" -ge 12 ] || cat clean.txt
