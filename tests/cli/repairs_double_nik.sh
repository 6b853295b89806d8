# A NIK that the register holds for two people is the own number of either: nothing to repair, whoever stands first there.
. "$(dirname "$0")/data/small_job.inc"
cat >>kependudukan.csv <<'ROWS'
3201016507909004,3201010101109007,HARTONO WIJAYA,CIAMIS,1971-02-03,L,32.01.01.1003
ROWS
cat >pkh.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,nominal
3201016507909004,3201010101109002,DEWI LESTARI,SUKABUMI,1990-07-25,P,32.01.01.1002,600000
3201016507909004,3201010101109007,HARTONO WIJAYA,CIAMIS,1971-02-03,L,32.01.01.1003,600000
3201016507909004,3201010101109001,BUDI SANTOSO,BOGOR,1978-05-05,L,32.01.01.1001,600000
ROWS
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
cut -d, -f9,13,14 hasil/contoh-0001/hasil_padan.csv
cut -d, -f10,11 hasil/contoh-0001/perbaikan_data.csv | grep 'anomali\|ORANG_LAIN'
