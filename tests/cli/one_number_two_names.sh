# A roster row with the NIK of a neighbour born on the same day (a slip in the serial), of another name and family: against
# the register it is left for review, and rows of the neighbour in other rosters are no way around it.
cat >kependudukan.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,rt,rw,kode_desa
1,3520171805979002,3520171105139001,BAGAS RIZKI OKTAVIAN,MAGETAN,1997-05-18,L,FARIDAH,001,001,35.20.17.2001
2,3520171805979001,3520171907119001,RASYID RIFKI PRATAMA,MAGETAN,1997-05-18,L,YANI LESTARI,003,002,35.20.17.2001
ROWS
cat >pkh.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,rt,rw,kode_desa,nominal
p1,3520171805979002,3520171907119001,RASYID REFKI PRATAMA,MAGETAN,1997-05-18,L,YANI LESTARI,003,002,35.20.17.2001,600000
ROWS
cat >pbi.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa
b1,3520171805979002,3520171105139001,BAGAS RIZKI OKTAVIAN,MAGETAN,1997-05-18,L,35.20.17.2001
ROWS
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  pkh: {role: program, program: PKH, unit: family, path: pkh.csv, period: 2026-T4}
  pbi_jk: {role: program, program: PBI-JK, unit: person, path: pbi.csv, period: 2026-10}
JOB
"$PADAN" run --quiet job.yaml >/dev/null 2>&1
echo "exit $?"
cut -d, -f2,9,13,15,16,34 hasil/contoh-0001/hasil_padan.csv
