# A registry of people, and of families by their number and decile alone: such a row is nobody. It is no unit of a program
# that pays people, no living member of a dead payee's family, no member of cakupan_keluarga.csv, and no pair to look at.
# Family 1: the payee died, her son lives, only the register knows him. 2: the payee died alone. 3: two people. 4: decile 7.
# Then the same registry without its people: families live as the register says, and who is in them nobody says. Invented people; serials 9000 and up.
cat >kependudukan.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,status_hidup,tgl_meninggal
1,3201014203709000,3201010101019100,SITI AMINAH,BOGOR,1970-03-02,P,32.01.01.1001,MENINGGAL,2026-05-10
2,3201011203009001,3201010101019100,BUDI HARTONO,BOGOR,2000-03-12,L,32.01.01.1001,HIDUP,
3,3201016507809002,3201010101019101,DEWI LESTARI,SOLO,1980-07-25,P,32.01.01.1001,MENINGGAL,2026-06-10
4,3201011008859003,3201010101019102,AGUS SETIAWAN,BOGOR,1985-08-10,L,32.01.01.1001,HIDUP,
5,3201015701909004,3201010101019102,RATNA SARI,BOGOR,1990-01-17,P,32.01.01.1001,HIDUP,
6,3201014505609005,3201010101019103,WULAN HANDAYANI,DEMAK,1960-05-05,P,32.01.01.1001,HIDUP,
ROWS
sed '/BUDI/d; s/,status_hidup.*//; s/,\(HIDUP\|MENINGGAL\),.*//' kependudukan.csv >orang.csv
cat >keluarga.csv <<'ROWS'
unique_id,no_kk,kode_desa,desil
k1,3201010101019100,32.01.01.1001,2
k2,3201010101019101,32.01.01.1001,3
k3,3201010101019102,32.01.01.1001,4
k4,3201010101019103,32.01.01.1001,7
ROWS
sed '/BUDI/d; /RATNA/d; s/,status_hidup.*/,nominal/; s/,\(HIDUP\|MENINGGAL\),.*/,600000/' kependudukan.csv >pkh.csv
sed '2,3d; s/,600000$/,42000/' pkh.csv >pbi.csv
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  orang: {role: registry, path: orang.csv, unit: person, version: 2026-06, published: 2026-06-20}
  keluarga: {role: registry, path: keluarga.csv, unit: family, version: 2026-06, published: 2026-06-20}
  pkh: {role: program, program: PKH, unit: family, path: pkh.csv, period: 2026-T4}
  pbi_jk: {role: program, program: PBI-JK, unit: person, path: pbi.csv, period: 2026-10}
eligibility:
  PKH: {decile: [1, 4]}
  PBI-JK: {decile: [1, 5]}
JOB
show() {
	cut -d, -f2,3,11,12,18,20,23 "$1/penerima_tidak_layak.csv"
	grep '^tingkat\|^nasional' "$1/galat_sasaran.csv" | cut -d, -f4,9,10,13-19
	grep '^tingkat\|^nasional' "$1/cakupan_desil.csv" | cut -d, -f4,8-10
	cut -d, -f1,4-6 "$1/cakupan_keluarga.csv"
	wc -l <"$1/tinjauan_manual.csv"
}
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
show hasil/contoh-0001
sed -i '/^  orang:/d' job.yaml
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
show hasil/contoh-0002
