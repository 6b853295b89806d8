# Two women of one name, birth date and village: a row without numbers may be either. Whoever it is taken for, that it
# may be the other, who has PKH and died, is to be reviewed.
cat >kependudukan.csv <<'ROWS'
nik,no_kk,nama,tgl_lahir,jenis_kelamin,kode_desa,status_hidup,tgl_meninggal
3201014107609001,3201010101109001,LASMI WATI,1960-07-01,P,32.01.01.1001,HIDUP,
3201014107609002,3201010101109002,LASMI WATI,1960-07-01,P,32.01.01.1001,MENINGGAL,2026-01-05
ROWS
cat >pkh.csv <<'ROWS'
nik,no_kk,nama,tgl_lahir,jenis_kelamin,kode_desa,nominal
3201014107609002,3201010101109002,LASMI WATI,1960-07-01,P,32.01.01.1001,600000
ROWS
cat >sembako.csv <<'ROWS'
nik,no_kk,nama,tgl_lahir,jenis_kelamin,kode_desa,nominal
,,LASMI WATI,1960-07-01,P,32.01.01.1001,400000
ROWS
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  pkh: {role: program, program: PKH, path: pkh.csv, period: 2026-T4}
  sembako: {role: program, program: SEMBAKO, path: sembako.csv, period: 2026-T4}
JOB
"$PADAN" run job.yaml 2>log >out
echo "exit $?"
cd hasil/contoh-0001 || exit 9
grep sembako hasil_padan.csv | cut -d, -f2,13,16,17,27,28
cut -d, -f1-6 tumpang_tindih_matriks.csv | grep PKH,SEMBAKO
cut -d, -f3,6,11,15,16,20 penerima_tidak_layak.csv
