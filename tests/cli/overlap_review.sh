# What only a link to be reviewed shows is tinjau, never pasti: LASMI WATI has a birth date that many share, and her
# second row and her SEMBAKO row have no number at all. Each row of the second roster names its own program.
cat >kependudukan.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa
3201014107609001,3201010101109001,LASMI WATI,BOGOR,1960-07-01,P,32.01.01.1001
3201016507909004,3201010101109001,DEWI LESTARI,SUKABUMI,1990-07-25,P,32.01.01.1001
3201025511699009,3201020101109007,KARTINI WIDODO,DEMAK,1969-11-15,P,32.01.02.2002
ROWS
cat >pkh.csv <<'ROWS'
nik,no_kk,nama,tgl_lahir,jenis_kelamin,kode_desa,nominal
3201014107609001,3201010101109001,LASMI WATI,1960-07-01,P,32.01.01.1001,600000
,,LASMI WATI,1960-07-01,P,32.01.01.1003,500000
3201025511699009,3201020101109007,KARTINI WIDODO,1969-11-15,P,32.01.02.2002,600000
ROWS
cat >lain.csv <<'ROWS'
program,nik,no_kk,nama,tgl_lahir,jenis_kelamin,kode_desa,nominal
BPNT,,,LASMI WATI,1960-07-01,P,32.01.01.1002,400000
sembako,3201025511699009,3201020101109007,KARTINI WIDODO,1969-11-15,P,32.01.02.2002,400000
BLT Desa,3201016507909004,3201010101109001,DEWI LESTARI,1990-07-25,P,32.01.01.1001,300000
ENTAH,3201016507909004,3201010101109001,DEWI LESTARI,1990-07-25,P,32.01.01.1001,100000
ROWS
cat >aturan.csv <<'ROWS'
id_aturan,program_a,program_b,tingkat,vonis,berlaku_mulai,berlaku_sampai,wilayah,program_batal,dasar_hukum,terverifikasi,catatan
X,PKH,SEMBAKO,ORANG,DILARANG,,,,SEMBAKO,,tidak,
Y,PKH,BLT-DESA,KELUARGA,PERIKSA,,,,,,tidak,
ROWS
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  pkh: {role: program, program: PKH, path: pkh.csv, period: 2026-T4}
  lain: {role: program, path: lain.csv, period: 2026-T4}
rules: aturan.csv
limits: {forbidden_families: 1}
JOB
"$PADAN" run job.yaml 2>log >out
echo "exit $?"
grep 'name no program' log
cd hasil/contoh-0001 || exit 9
cut -d, -f1-5,7,9,29,30 ganda_dalam_program.csv
cat tumpang_tindih_matriks.csv
cut -d, -f1-7,9,16,18,28 tumpang_tindih_larangan.csv
cut -d, -f1,2,4,7,10-16 temuan.csv
