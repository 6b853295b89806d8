# Who of a family lived when the period started: 1: the payee died in February, his wife in September, so in the second
# quarter another payee was due and in the fourth none. 2: who is left is inactive, and lives. 3 and 4 have no decile,
# which excuses nobody from the condition.
cat >kependudukan.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,status_hidup,tgl_meninggal
3201010203459001,3201010101109001,MARDI UTOMO,BOGOR,1945-03-02,L,32.01.01.1001,MENINGGAL,2026-02-10
3201014507489002,3201010101109001,SITI AMINAH,SOLO,1948-07-05,P,32.01.01.1001,MENINGGAL,2026-09-30
3201011708509003,3201010101109002,JOKO PRASETYO,SOLO,1950-08-17,L,32.01.01.1001,MENINGGAL,2026-02-28
3201016507529004,3201010101109002,DEWI LESTARI,SUKABUMI,1952-07-25,P,32.01.01.1001,NONAKTIF,
3201011008859005,3201010101109003,AGUS SETIAWAN,CIANJUR,1985-08-10,L,32.01.01.1001,HIDUP,
3201015511499006,3201010101109004,KARTINI WIDODO,DEMAK,1949-11-15,P,32.01.01.1001,HIDUP,
ROWS
sed 's/,status_hidup.*/,desil/; s/,MENINGGAL.*/,2/; s/,NONAKTIF,/,2/; s/,HIDUP,/,/' kependudukan.csv >dtsen.csv
cat >pkh.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,nominal,periode
3201010203459001,3201010101109001,MARDI UTOMO,BOGOR,1945-03-02,L,32.01.01.1001,600000,2026-T1
3201010203459001,3201010101109001,MARDI UTOMO,BOGOR,1945-03-02,L,32.01.01.1001,600000,2026-T2
3201010203459001,3201010101109001,MARDI UTOMO,BOGOR,1945-03-02,L,32.01.01.1001,600000,2026-T4
3201011708509003,3201010101109002,JOKO PRASETYO,SOLO,1950-08-17,L,32.01.01.1001,600000,2026-T2
3201011008859005,3201010101109003,AGUS SETIAWAN,CIANJUR,1985-08-10,L,32.01.01.1001,600000,2026-T2
3201015511499006,3201010101109004,KARTINI WIDODO,DEMAK,1949-11-15,P,32.01.01.1001,600000,2026-T2
ROWS
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  dtsen: {role: registry, path: dtsen.csv, version: 2025-T4, published: 2025-12-20}
  pkh: {role: program, program: PKH, path: pkh.csv, period: 2026-T2}
eligibility:
  PKH: {decile: [1, 4], category: "umur >= 60"}
JOB
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
cut -d, -f3,7,10-12,17,18,20,23 hasil/contoh-0001/penerima_tidak_layak.csv
