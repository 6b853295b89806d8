# kode_nik is what a lookup of the number alone answers: a child under the head's NIK is found, a family card's number in the
# place of a NIK is not. Neither number is the row's, and only what is no NIK at all has the wrong form.
. "$(dirname "$0")/data/small_job.inc"
cat >pkh.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,hub_keluarga,kode_desa,nominal
3201010505789002,3201010101109001,BUDI SANTOSO,BOGOR,1978-05-05,L,1,32.01.01.1001,600000
3201010505789002,3201010101109001,RANO SANTOSO,BOGOR,2005-03-12,L,4,32.01.01.1001,600000
3201010101109002,3201010101109002,DEWI LESTARI,SUKABUMI,1990-07-25,P,3,32.01.01.1002,600000
32010110088590,3201010101109002,AGUS SETIAWAN,CIANJUR,1985-08-10,L,1,32.01.01.1002,600000
ROWS
sed -i 's/program: PKH, path/program: PBI-JK, unit: person, path/' job.yaml
"$PADAN" run --quiet job.yaml
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } { print $at["nama"] "," $at["kode_nik"] "," $at["bendera_nik"] "," $at["status_padan"] "," $at["id_kependudukan"] }' \
	hasil/contoh-0001/hasil_padan.csv
cut -d, -f8-11 hasil/contoh-0001/perbaikan_data.csv | grep NIK
# The head and the child are paid under one number: a K2.
cut -d, -f2-6,8,9 hasil/contoh-0001/ganda_dalam_program.csv
