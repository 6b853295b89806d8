# A NIK whose last digit is 0, in a file of which the others are whole: a slip in one digit, and no number that nobody has.
. "$(dirname "$0")/data/small_job.inc"
cat >pkh.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,nominal
3201014101809000,3201010101109001,SITI AMINAH,BOGOR,1980-01-01,P,32.01.01.1001,600000
3201010505789007,3201010101109001,BUDI SANTOSO,BOGOR,1978-05-05,L,32.01.01.1001,600000
3201016507909004,3201010101109002,DEWI LESTARI,SUKABUMI,1990-07-25,P,32.01.01.1002,600000
ROWS
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
cut -d, -f10,11,14,15 hasil/contoh-0001/perbaikan_data.csv | grep 'saran\|NIK'
cut -d, -f9,14 hasil/contoh-0001/hasil_padan.csv
