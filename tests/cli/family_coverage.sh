# What families were paid, where the job alone says how much: a family's number is the register's, whatever the roster says,
# and the registry's where it knows the family. Invented people; serials 9000 and up.
cat >kependudukan.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa
1,3201014203709001,3201010101109001,SITI AMINAH,BOGOR,1970-03-02,P,32.01.01.1001
2,3201011203689002,3201010101109001,BUDI HARTONO,BOGOR,1968-03-12,L,32.01.01.1001
3,3201016507809003,3201020101109003,DEWI LESTARI,SOLO,1980-07-25,P,32.01.01.1001
4,3201011008859004,3201010101109004,AGUS SETIAWAN,BOGOR,1985-08-10,L,32.01.01.1001
ROWS
sed -n '1p; 5p' kependudukan.csv | sed 's/3201010101109004/3201030101109004/; s/kode_desa$/kode_desa,desil/; s/1001$/1001,2/' >dtsen.csv
sed 's/,3201020101109003,/,123,/; s/,3201010101109004,/,,/' kependudukan.csv >pkh.csv
sed -n '1p; 2p' kependudukan.csv >pbi.csv
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  dtsen: {role: registry, path: dtsen.csv, version: 2026-08, published: 2026-08-20}
  pkh: {role: program, program: PKH, unit: family, path: pkh.csv, period: 2026-T4, amount: 600000}
  pbi_jk: {role: program, program: PBI-JK, unit: person, path: pbi.csv, period: 2026-10..2026-11, amount: 42000, amount_per: month}
JOB
"$PADAN" run --quiet --buka-nik "uji" job.yaml >/dev/null || exit 9
cat hasil/contoh-0001/cakupan_keluarga.csv
