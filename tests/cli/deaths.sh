# A death told by a day alone, with an empty status beside it, and with a status that says alive: dead in every table, or
# to be looked at. BUDI's day is after the payment. Invented people; serials 9000 and up.
. "$(dirname "$0")/data/small_job.inc"
cut -d, -f1-7 kependudukan.csv >orang.csv
printf '%s\n' '3201010505789002,3201010101109001,BUDI SANTOSO,BOGOR,1978-05-05,L,32.01.01.1001,600000' >>pkh.csv
day() {
	name=$1
	awk -F, -v head="$2" -v status="$3" 'NR == 1 { print $0 head; next }
		{ print $0 status "," ($3 == "SITI AMINAH" ? "2026-05-01" : $3 == "BUDI SANTOSO" ? "2026-11-15" : "") }' \
		orang.csv >kependudukan.csv
	sed "s/^name: .*/name: $name/" job.yaml >"$name.yaml"
	"$PADAN" run --quiet "$name.yaml"
	cut -d, -f2,9,10,12 "hasil/$name-0001/hasil_padan.csv" | sed -n '2p;4p'
	cut -d, -f3,10-12,14-16,20,22 "hasil/$name-0001/penerima_tidak_layak.csv"
}
sed -i '/ORANG LAIN/d; s/^3201014101809001,3201010101109001/3201014101809001,/' pkh.csv
sed -i 's/program: PKH/program: PIP/' job.yaml
day hari_saja ',tgl_meninggal' ''
day status_kosong ',status_hidup,tgl_meninggal' ','
day hidup ',status_hidup,tgl_meninggal' ',HIDUP'
exit 0
