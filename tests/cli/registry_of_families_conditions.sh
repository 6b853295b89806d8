# A registry of families alone, a row for the first of the card: a program's condition holds for a family through any of its
# members, whom the register knows. Family 1: the grandmother is 66. 2: nobody is old. 3: the grandfather was, and died before the
# payment. 4: he died after it. Invented people; serials 9000 and up.
cat >kependudukan.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,status_hidup,tgl_meninggal
3201014203809001,3201010101109001,SITI AMINAH,BOGOR,1980-03-02,P,32.01.01.1001,HIDUP,
3201014506609002,3201010101109001,KARTINI WIDODO,DEMAK,1960-06-05,P,32.01.01.1001,HIDUP,
3201016507859004,3201010101109002,DEWI LESTARI,SUKABUMI,1985-07-25,P,32.01.01.1001,HIDUP,
3201011008859005,3201010101109002,AGUS SETIAWAN,CIANJUR,1985-08-10,L,32.01.01.1001,HIDUP,
3201015303889007,3201010101109003,WULAN HANDAYANI,BOGOR,1988-03-13,P,32.01.01.1001,HIDUP,
3201012002519010,3201010101109003,MARDI UTOMO,BOGOR,1951-02-20,L,32.01.01.1001,MENINGGAL,2026-02-01
3201015501909008,3201010101109004,RATNA SARI,SOLO,1990-01-15,P,32.01.01.1001,HIDUP,
3201011403509011,3201010101109004,JOKO PRASETYO,SOLO,1950-03-14,L,32.01.01.1001,MENINGGAL,2026-10-20
ROWS
awk -F, -v OFS=, 'NR == 1 { print "no_kk,nik,nama,tgl_lahir,kode_desa,desil"; next } !seen[$2]++ { print $2, $1, $3, $5, $7, 2 }' kependudukan.csv >keluarga.csv
awk -F, -v OFS=, 'NR == 1 { print "nik,no_kk,nama,tgl_lahir,kode_desa,nominal"; next } !seen[$2]++ { print $1, $2, $3, $5, $7, 600000 }' kependudukan.csv >pkh.csv
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  keluarga: {role: registry, path: keluarga.csv, unit: family, version: 2026-06, published: 2026-06-20}
  pkh: {role: program, program: PKH, unit: family, path: pkh.csv, period: 2026-T4}
eligibility:
  PKH: {decile: [1, 4], category: "umur >= 60"}
JOB
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
grep '^tingkat\|^nasional' hasil/contoh-0001/galat_sasaran.csv | cut -d, -f4,9,10,13-19
cut -d, -f3,11,12 hasil/contoh-0001/penerima_tidak_layak.csv
