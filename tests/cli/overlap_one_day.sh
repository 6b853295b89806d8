# A payment of three months joins the months between it into one span. A unit is in the set of those programs that paid it
# on one day: 1 in October and December apart is no combination, 2 and 3 are; of days with as many programs the one of
# most money counts. Money of other days stands apart, so that units and money sum up.
cat >kependudukan.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,status_hidup
1,3201014203759001,3201010101109001,SITI AMINAH,BOGOR,1975-03-02,P,32.01.01.1001,HIDUP
2,3201016507909004,3201010101109002,DEWI LESTARI,SUKABUMI,1990-07-25,P,32.01.01.1002,HIDUP
3,3201011708809006,3201010101109003,JOKO PRASETYO,SOLO,1980-08-17,L,32.01.01.1001,HIDUP
ROWS
head -n 1 kependudukan.csv | sed 's/unique_id,//; s/status_hidup/periode,nominal/' | tee sembako.csv blt.csv >pkh.csv
row() { # who, file, period, amount
	sed -n "s/^$1,//p" kependudukan.csv | sed "s/HIDUP\$/$3,$4/" >>"$2"
}
row 1 sembako.csv 2026-10 200000
row 1 blt.csv 2026-12 300000
row 2 pkh.csv 2026-T4 600000
row 2 sembako.csv 2026-10 200000
row 2 blt.csv 2026-12 300000
row 3 sembako.csv 2026-11 200000
row 3 blt.csv 2026-11 300000
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  pkh: {role: program, program: PKH, unit: family, path: pkh.csv}
  sembako: {role: program, program: SEMBAKO, unit: family, path: sembako.csv}
  blt: {role: program, program: BLT-DESA, unit: family, path: blt.csv}
JOB
"$PADAN" run --quiet job.yaml >/dev/null
cd hasil/contoh-0001 || exit 9
grep -v ^ORANG tumpang_tindih_kombinasi.csv
awk -F, '$1 == "KELUARGA" && $3 != $4 { print $3 "+" $4 ": " $5 }' tumpang_tindih_matriks.csv
awk -F, '$1 == "KELUARGA" { n += $5; money += $6 + $8 } END { print n " units, " money }' tumpang_tindih_kombinasi.csv
