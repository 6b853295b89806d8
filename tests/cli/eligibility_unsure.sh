# What is not sure is to be reviewed, and what the register knows is sure: p1's child is ten, whatever the registry says
# (nothing is wrong); the family of p3 may be the registry's d4; somebody who may be a child of p5 is in the registry;
# p7 is known
# and not registered; p8 may be p7; p9 is found nowhere.
cat >kependudukan.csv <<'EOF'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,hub_keluarga,alamat,rt,rw,kode_desa,status_hidup
1,3201014107869001,3201010101109011,SITI AMINAH,BOGOR,01-07-1986,P,RUMINAH,1,JL MAWAR,001,002,3201022001,HIDUP
2,3201011203169002,3201010101109011,RAMA PRASETYO,BOGOR,12-03-2016,L,SITI AMINAH,4,JL MAWAR,001,002,3201022001,HIDUP
3,3201015204809003,3201010101109012,WARTINAH,BOGOR,12-04-1980,P,SUMIYATI,3,JL MELATI,003,002,3201022002,HIDUP
4,3201011805789004,3201010101109012,SUPRIYONO,BOGOR,18-05-1978,L,KASINEM,1,JL MELATI,003,002,3201022002,HIDUP
5,3201016209829005,3201010101109013,DEWI KARTIKA,BOGOR,22-09-1982,P,MARSINAH,1,JL KENANGA,004,003,3201022003,HIDUP
6,3201012511179006,3201010101109013,BAGUS WICAKSONO,BOGOR,25-11-2017,L,DEWI KARTIKA,4,JL KENANGA,004,003,3201022003,HIDUP
7,3201015308759007,3201010101109014,NGATIYEM,BOGOR,13-08-1975,P,PAINEM,1,JL DAHLIA,005,003,3201022003,HIDUP
EOF
cat >dtsen.csv <<'EOF'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,hub_keluarga,alamat,rt,rw,kode_desa,desil
d1,3201014107869001,3201010101109011,SITI AMINAH,BOGOR,1986-07-01,P,RUMINAH,1,JL MAWAR,001,002,3201022001,2
d2,3201011203169002,3201010101109011,RAMA PRASETYO,BOGOR,2006-03-12,L,SITI AMINAH,4,JL MAWAR,001,002,3201022001,2
d4,,3201019901109017,SUP,BOGOR,1978-05-18,L,,1,JL MELATI,,,3201022002,3
d5,3201016209829005,3201010101109013,DEWI KARTIKA,BOGOR,1982-09-22,P,MARSINAH,1,JL KENANGA,004,003,3201022003,1
d6,,,BGS,BOGOR,2017-11-25,L,,4,JL KENANGA,,,3201022003,1
EOF
cat >pkh.csv <<'EOF'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,alamat,rt,rw,kode_desa,nominal
p1,3201014107869001,3201010101109011,SITI AMINAH,BOGOR,01-07-1986,P,RUMINAH,JL MAWAR,001,002,3201022001,750000
p3,3201015204809003,3201010101109012,WARTINAH,BOGOR,12-04-1980,P,SUMIYATI,JL MELATI,003,002,3201022002,500000
p5,3201016209829005,3201010101109013,DEWI KARTIKA,BOGOR,22-09-1982,P,MARSINAH,JL KENANGA,004,003,3201022003,600000
p7,3201015308759007,3201010101109014,NGATIYEM,BOGOR,13-08-1975,P,PAINEM,JL DAHLIA,005,003,3201022003,400000
p8,,,NGTYM,BOGOR,13-08-1975,P,,,,,3201022003,300000
p9,,,YATMI,,,P,,,,,3201022009,300000
EOF
cat >job.yaml <<'EOF'
padan: 1
name: contoh
reference_date: 2026-11-23
out: hasil
model: orang-indonesia
sources:
  kependudukan: {role: register, path: kependudukan.csv}
  dtsen: {role: registry, unit: person, version: 2026-09, published: 2026-09-20, path: dtsen.csv}
  pkh: {role: program, program: PKH, unit: family, period: 2026-T4, path: pkh.csv}
eligibility:
  PKH: {decile: [1, 4], category: "umur <= 18 OR umur >= 60"}
EOF
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
cd hasil/contoh-0001 || exit 9
cut -d, -f3,11,12,17,20,23 penerima_tidak_layak.csv
grep '^tingkat\|^nasional' galat_sasaran.csv | cut -d, -f4,6,9-24
