# Numbers of people where a name, a village or an amount is expected, in a row whose cells have moved and behind a name: no
# report shows more than their region, unless they are opened.
cat >kependudukan.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,kode_desa,status_hidup
1,3201014309019106,3201010101109011,RATNA SAPUTRA,BOGOR,03-09-2001,P,SUMIYATI,3201011001,HIDUP
2,3201011407849003,3201010101109013,BUDI KURNIAWAN,BOGOR,14-07-1984,L,KASINEM,3201011001,HIDUP
ROWS
cat >pbi.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,nominal
behind,3201014309019106,3201010101109011,RATNA SAPUTRA 3201014309019106,BOGOR,03-09-2001,P,3201011001,42000
again,,3201010101109011,RATNA S 3201014309019106,BOGOR 3201010101109011,03-09-2001,P,3201011001,42000
moved,3201011407849003,3201010101109013,3201011407849003,BOGOR,14-07-1984,L,3201010101109013,3201011407849003
ROWS
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  pbi: {role: program, program: PBI-JK, unit: person, period: 2026-11, path: pbi.csv}
JOB
"$PADAN" run --quiet job.yaml >/dev/null 2>&1
cut -d, -f2,8,9 hasil/contoh-0001/hasil_padan.csv
grep moved hasil/contoh-0001/perbaikan_data.csv | cut -d, -f5,11,14
grep -r -l -E '32010(14309019106|10101109011|11407849003|10101109013)' hasil/contoh-0001
"$PADAN" run --quiet --buka-nik "uji petik" job.yaml >/dev/null 2>&1
cut -d, -f2,8,9 hasil/contoh-0002/hasil_padan.csv
