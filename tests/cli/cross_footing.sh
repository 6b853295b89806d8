# The tables of a run tie to each other (data/cross_footing.py says how): made-up provinces of every regime, rosters as
# regions send them, two nights, a registry of families alone, a registry that comes in two versions, quotas and groups of
# regions. A table with one figure changed does not.
check=$(dirname "$0")/data/cross_footing.py
command -v python3 >/dev/null || exit 0
make() { "$PADAN" generate --people 1000 --provinces 34 --out "$@" >/dev/null || exit 9; }
foot() { # folder of a job
	"$PADAN" run "$1/job.yaml" >out 2>/dev/null
	[ $? -le 1 ] || echo "$1: the run failed"
	run=$1/hasil/$(cat "$1/hasil/TERAKHIR")
	echo "$1"
	python3 "$check" "$run" out >said || echo "$1: the check failed"
	cut -c1-300 said | head -n 20
}
make daerah --seed 21 --regime daerah
foot daerah
make malam --seed 21 --regime daerah --previous daerah
foot malam
for regime in baru lama; do
	make $regime --seed 22 --regime $regime
	foot $regime
done
make berantakan --seed 23 --regime daerah --layouts messy
foot berantakan

# Families alone: a row each, of the first person of the card. Two versions, the older with other deciles. Quotas by region, groups.
cp -r lama keluarga
column() { head -n 1 lama/dtsen.csv | tr ',' '\n' | grep -n "^$1\$" | cut -d: -f1; }
awk -F, -v kk="$(column no_kk)" 'NR == 1 || !seen[$kk]++' lama/dtsen.csv >keluarga/dtsen.csv
sed -i 's/role: registry, unit: person/role: registry, unit: family/' keluarga/job.yaml
foot keluarga
cp -r baru versi
awk -F, -v OFS=, -v decile="$(column desil)" 'NR > 1 && $decile != "" { $decile = $decile % 10 + 1 } NR % 50 != 2' baru/dtsen.csv >versi/dtsen_lama.csv
sed -i 's/^  dtsen: .*/&\n  dtsen_lama: {role: registry, unit: person, version: 2026-T1, published: 2026-03-20, path: dtsen_lama.csv}/' versi/job.yaml
foot versi
cp -r daerah kuota
printf 'kode_wilayah,kuota\n34,90\n34.02,5\n34.04,2000\n' >kuota/kuota.csv
printf 'grup,kode_wilayah\nSELATAN,34.02\nSELATAN,34.03\nUTARA,34.04\n' >kuota/kelompok.csv
sed -i 's/quota: [0-9]*/quota: kuota.csv/; s/^limits:/region_groups: kelompok.csv\nlimits:/' kuota/job.yaml
foot kuota

# Paid for the quarter, and for a month of it again.
cp -r daerah bulan
head -n 40 daerah/pkh.csv >bulan/pkh_bulan.csv
sed -i 's/^  pkh: .*/&\n  pkh_bulan: {role: program, program: PKH, unit: family, period: 2026-11, path: pkh_bulan.csv, columns: {periode: null, tahap: null, tahun: null}}/' bulan/job.yaml
foot bulan

for change in 'galat_sasaran.csv s/^\(nasional,.*,ya,\)/\11/' 'rekap_padan.csv s/^\(nasional,,Indonesia,pkh,PKH,[^,]*,\)/\11/' \
	'temuan.csv s/,1$/,0/' 'cakupan_keluarga.csv $d' 'rekap_ganda.csv 2s/pasti,/pasti,1/' \
	'tumpang_tindih_matriks.csv s/^\(ORANG,[^,]*,PKH,SEMBAKO,\)/\11/' 'tumpang_tindih_matriks.csv s/,PERIKSA,/,BOLEH,/' \
	'tumpang_tindih_kombinasi.csv 2s/$/1/'; do
	cp -r "$run" rusak
	sed -i "${change#* }" "rusak/${change%% *}"
	[ -n "$(python3 "$check" rusak)" ] || echo "a change of ${change%% *} is not seen"
	rm -r rusak
done
