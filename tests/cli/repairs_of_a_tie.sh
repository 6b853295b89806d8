# Two namesakes of the register, born on one day, fit a row alike: the number of neither is suggested. Somebody who fits
# alone, be it not surely, is. Nor is a number between theirs said to be a slip in one of them.
. "$(dirname "$0")/data/small_job.inc"
cat >>kependudukan.csv <<'ROWS'
3201011203059006,3201010101109002,RANO SANTOSO,BOGOR,2005-03-12,L,32.01.01.1001
ROWS
cat >pkh.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,nominal
,,RANO SANTOSO,BOGOR,2005-03-12,L,32.01.01.1001,600000
3201011203059007,,RANO SANTOSO,BOGOR,2005-03-12,L,32.01.01.1001,600000
,,SITI AMINAH,BOGOR,1980-01-01,P,32.01.01.1001,600000
ROWS
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
cut -d, -f10,11,14-16,18 hasil/contoh-0001/perbaikan_data.csv | grep 'saran\|NIK'
