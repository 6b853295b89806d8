# Rows without an automatic link are looked for further: YUSNI has no number, another birth day and another first name, so
# only her village, sex and birth year lead to her, and that far below the review threshold (n_calon 0, nothing is
# suggested). Nobody leads to SUROTO: beside a program that has no payment of his he may be anybody. WAHYU carries a
# number that is DARTO's NIK and also SUROTO's card.
cat >kependudukan.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa
3201014107609001,3201010101109001,JUSNI DAR MAWATI,BOGOR,1960-07-21,P,32.01.01.1001
3201010101109003,3201010101109002,DARTO SUBAGYO,BOGOR,2010-01-01,L,32.01.01.1001
3201016507909004,3201010101109004,WAHYU KUNCORO,SUKABUMI,1990-07-25,L,32.01.01.1001
ROWS
cat >pkh.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,nominal
,,YUSNI DARMAWATI,BOGOR,1960-09-12,P,32.01.01.1001,600000
,3201010101109003,SUROTO,TEGAL,1971-02-03,L,33.28.01.2001,500000
3201010101109003,3201010101109002,DARTO SUBAGYO,BOGOR,2010-01-01,L,32.01.01.1001,400000
3201010101109003,,WAHYU KUNCORO,SUKABUMI,1990-07-25,L,32.01.01.1001,300000
ROWS
cat >sembako.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,nominal
3201014107609001,3201010101109001,JUSNI DAR MAWATI,BOGOR,1960-07-21,P,32.01.01.1001,200000
ROWS
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  pkh: {role: program, program: PKH, unit: person, path: pkh.csv, period: 2026-T4}
  sembako: {role: program, program: SEMBAKO, unit: person, path: sembako.csv, period: 2026-T4}
JOB
"$PADAN" run --quiet job.yaml >/dev/null 2>&1
echo "exit $?"
cd hasil/contoh-0001 || exit 9
cut -d, -f2,9,13,16,27,29 hasil_padan.csv
grep -c YUSNI perbaikan_data.csv
grep YUSNI perbaikan_data.csv | cut -d, -f9,10,12-15,17
grep -c YUSNI tinjauan_manual.csv
cut -d, -f1-5,7,9 ganda_dalam_program.csv
grep -v '^KELUARGA' tumpang_tindih_matriks.csv
