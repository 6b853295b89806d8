# A roster that has the family card, the name and the village alone, and one that has no birth dates: where card, name and
# village lead to one person of the register and to nobody else, it is that person. Not so where father and son of one card
# have one name (b2), where the card is another family's (b3), where the village is another (b4), or where the name is
# common and the card not there (b5). What is left of a name beside an equal NIK is for review without a birth date (D2), as
# it is with the other sex (c2) or where the card holds somebody else who is like it (c3).
cat >kependudukan.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa
1,3201162404759001,3201162404119001,SAHRONI KUSNADI,BOGOR,1975-04-24,L,3201162001
2,3201166505789002,3201162404119001,MARSINAH WULANDARI,BOGOR,1978-05-25,P,3201162001
3,3201161003709003,3201162404119002,AHMAD SOBARI,BOGOR,1970-03-10,L,3201162001
4,3201161108019004,3201162404119002,AHMAD SOBARI,BOGOR,2001-08-11,L,3201162001
5,3201166703829005,3201162404119003,ROHANAH SETIANINGSIH,BOGOR,1982-03-27,P,3201162001
6,3201162509909006,3201162404119004,TARDI WIRYONO,BOGOR,1990-09-25,L,3201162001
7,3201165509129007,3201162404119005,LATIFAH LESTARI,BOGOR,2012-09-15,P,3201162001
8,3201165509129008,3201162404119005,LATIFAH LESTARINI,BOGOR,2012-09-15,P,3201162001
ROWS
cat >sembako.csv <<'ROWS'
unique_id,no_kk,nama,kode_desa,nominal
b1,3201162404119001,SAHRONI KUSNADI,3201162001,200000
b2,3201162404119002,AHMAD SOBARI,3201162001,200000
b3,3201162404119003,MARSINAH WULANDARI,3201162001,200000
b4,3201162404119001,MARSINAH WULANDARI,3301012001,200000
b5,,ROHANAH SETIANINGSIH,3201162001,200000
ROWS
cat >pkh.csv <<'ROWS'
unique_id,nik,no_kk,nama,tgl_lahir,jenis_kelamin,kode_desa,nominal
c1,3201162509909006,3201162404119004,TARDI,1990,L,3201162001,600000
c2,3201166703829005,3201162404119003,ROHAN SETIANINGSIH,1982,L,3201162001,600000
c3,3201165509129007,3201162404119005,LATIFA LESTARINE,2012,P,3201162001,600000
ROWS
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  sembako: {role: program, program: SEMBAKO, path: sembako.csv, period: 2026-11}
  pkh: {role: program, program: PKH, path: pkh.csv, period: 2026-T4}
JOB
"$PADAN" run --quiet job.yaml >/dev/null
cut -d, -f2,9,13,15-17,19 hasil/contoh-0001/hasil_padan.csv
