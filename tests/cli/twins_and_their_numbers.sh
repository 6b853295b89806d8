# Twins, in families whose other members are known. d2 has the NIK of one, whose name the register misspells, and nearly the
# name of the other, which her mother's row must not decide: it speaks for both, and the number decides. p1 and p2 have one
# number, p2 with the name of the other twin: it may be either, and that p1 has its number does not say which.
# p5 and p6 have one number, which is also that of another family's card: the register has it for their person, so they
# are one person paid twice by one number.
cat >kependudukan.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,rt,rw,kode_desa,status_hidup
1,3201164612069001,3201162404219001,NISA CTIRA,BOGOR,06-12-2006,P,ETI HANDAYANI,004,005,3201162001,HIDUP
2,3201164612069002,3201162404219001,NISYA CITRA,BOGOR,06-12-2006,P,ETI HANDAYANI,004,005,3201162001,HIDUP
3,3201165204809003,3201162404219001,ETI HANDAYANI,BOGOR,12-04-1980,P,SUMIYATI,004,005,3201162001,HIDUP
4,3201164910169004,3201162404219002,TRI NINGSIH,BOGOR,09-10-2016,P,SUPARTI,001,005,3201162001,HIDUP
5,3201174910169004,3201162404219002,TRI NINGSAH,BOGOR,09-10-2016,P,SUPARTI,001,005,3201162001,HIDUP
6,3201166209829006,3201162404219002,SUPARTI,BOGOR,22-09-1982,P,MARSINAH,001,005,3201162001,HIDUP
7,3201160106119001,3201162404219003,INAAM MAULANA,BOGOR,16-04-2012,L,NURHAYATI,006,002,3201162001,HIDUP
8,3201160202769001,3201160106119001,TATANG SUPARMAN,BOGOR,02-02-1976,L,DEWI,006,002,3201162001,HIDUP
ROWS
cat >dtsen.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,rt,rw,kode_desa,desil
d2,3201164612069001,3201162404219001,NISA CITRA,BOGOR,06-12-2006,P,ETI HANDAYANI,004,005,3201162001,1
d3,3201165204809003,3201162404219001,ETI HANDAYANI,BOGOR,12-04-1980,P,SUMIYATI,004,005,3201162001,1
ROWS
cat >pbi.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,rt,rw,kode_desa,nominal
p1,3201164910169004,3201162404219002,TRI NINGSIH,BOGOR,09-10-2016,P,001,005,3201162001,42000
p2,3201164910169004,3201162404219002,TRI NINGSAH,BOGOR,09-10-2016,P,001,005,3201162001,42000
p3,3201166209829006,3201162404219002,SUPARTI,BOGOR,22-09-1982,P,001,005,3201162001,42000
p5,3201160106119001,3201162404219003,INAAM MAULANA,BOGOR,16-04-2012,L,006,002,3201162001,42000
p6,3201160106119001,3201162404219003,INAAM MAULANA,BOGOR,16-04-2012,L,006,002,3201162001,42000
p8,3201160202769001,3201160106119001,TATANG SUPARMAN,BOGOR,02-02-1976,L,006,002,3201162001,42000
ROWS
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  dtsen: {role: registry, path: dtsen.csv, unit: person, version: 2026-08, published: 2026-08-20}
  pbi_jk: {role: program, program: PBI-JK, unit: person, path: pbi.csv, period: 2026-10}
JOB
"$PADAN" run --quiet job.yaml >/dev/null
cd hasil/contoh-0001 || exit 9
cut -d, -f2,10,12-17,34 hasil_padan.csv
cut -d, -f1-6,9 ganda_dalam_program.csv
