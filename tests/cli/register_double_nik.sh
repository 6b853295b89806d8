# A NIK that the register holds twice: of one person listed twice, who waits for review since either row may be meant, and of
# two people, who are told apart by name. Whoever is found by it is GANDA_DUKCAPIL; who is found otherwise is not.
. "$(dirname "$0")/data/small_job.inc"
cat >>kependudukan.csv <<'ROWS'
3201014101809001,3201010101109001,SITI AMINAH,BOGOR,1980-01-01,P,32.01.01.1001
3201016507909004,3201010101109007,HARTONO WIJAYA,CIAMIS,1971-02-03,L,32.01.01.1003
ROWS
cat >>pkh.csv <<'ROWS'
3201011008859005,3201010101109002,AGUS SETIAWAN,CIANJUR,1985-08-10,L,32.01.01.1002,600000
,3201010101109007,HARTONO WIJAYA,CIAMIS,1971-02-03,L,32.01.01.1003,600000
ROWS
"$PADAN" run --quiet job.yaml >/dev/null
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } { print $at["nama"] "," $at["kode_nik"] "," $at["status_padan"] "," $at["kelas"] "," $at["cara_padan"] }' \
	hasil/contoh-0001/hasil_padan.csv
grep '^nasional\|^desa' hasil/contoh-0001/rekap_padan.csv | cut -d, -f1-4,7-14
grep kependudukan hasil/contoh-0001/profil_nik.csv | cut -d, -f3,4,6,16,18
