# A registry of persons and of families, of which the families' rows have the decile: a finding about it cites the row that
# says it, not the person's; one about the condition, and a decile of the person's own, the person's.
cat >kependudukan.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,status_hidup
1,3201014203759001,3201010101109001,SITI AMINAH,BOGOR,1975-03-02,P,32.01.01.1001,HIDUP
2,3201016507909004,3201010101109002,DEWI LESTARI,SUKABUMI,1990-07-25,P,32.01.01.1002,HIDUP
3,3201011708809006,3201010101109003,JOKO PRASETYO,SOLO,1980-08-17,L,32.01.01.1001,HIDUP
4,3201010208509007,3201010101109001,KARTO WIYONO,SOLO,1950-08-02,L,32.01.01.1001,HIDUP
ROWS
head -n 3 kependudukan.csv | sed 's/,status_hidup/,desil/; s/HIDUP$//; s/^\([0-9]\)/p\1/' >orang.csv
sed -n '4s/HIDUP$/9/; 4s/^/p/p' kependudukan.csv >>orang.csv
cat >keluarga.csv <<'ROWS'
unique_id,no_kk,nama,kode_desa,desil
k1,3201010101109001,SITI AMINAH,32.01.01.1001,8
k2,3201010101109002,DEWI LESTARI,32.01.01.1002,2
k3,3201010101109003,JOKO PRASETYO,32.01.01.1001,3
ROWS
sed 's/,status_hidup/,nominal/; s/HIDUP$/600000/' kependudukan.csv | tee pkh.csv >pbi.csv
sed -i 5d pkh.csv
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  orang: {role: registry, path: orang.csv, unit: person, version: 2026-08, published: 2026-08-20}
  keluarga: {role: registry, path: keluarga.csv, unit: family, version: 2026-08, published: 2026-08-20}
  pkh: {role: program, program: PKH, unit: family, path: pkh.csv, period: 2026-T4}
  pbi_jk: {role: program, program: PBI-JK, unit: person, path: pbi.csv, period: 2026-10}
eligibility:
  PKH: {decile: [1, 4], category: "umur >= 46"}
  PBI-JK: {decile: [1, 5]}
JOB
"$PADAN" run --quiet job.yaml >/dev/null
cut -d, -f2,3,11-15,17-18,20 hasil/contoh-0001/penerima_tidak_layak.csv
