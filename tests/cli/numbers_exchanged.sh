# A row whose NIK stands in the column of the card, and the card in its own, is the person with that NIK, and of the
# family: its number is looked up, and perbaikan_data says so. Beside a row under the right number it is of another NIK (K3).
. "$(dirname "$0")/data/small_job.inc"
cat >pkh.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,hub_keluarga,kode_desa,nominal
3201010101109001,3201010505789002,BUDI SANTOSO,BOGOR,1978-05-05,L,1,32.01.01.1001,600000
3201010505789002,3201010101109001,BUDI SANTOSO,BOGOR,1978-05-05,L,1,32.01.01.1001,600000
3201010101109002,3201016507909004,DEWI,,1990-07-25,P,,,600000
ROWS
sed -i 's/program: PKH, path/program: PBI-JK, unit: person, path/' job.yaml
"$PADAN" run --quiet job.yaml
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } { print $at["nama"] "," $at["kode_nik"] "," $at["bendera_nik"] "," $at["status_padan"] "," $at["kelas"] "," $at["id_kependudukan"] }' \
	hasil/contoh-0001/hasil_padan.csv
cut -d, -f8-11 hasil/contoh-0001/perbaikan_data.csv | grep 'NIK\|KK'
cut -d, -f2-6,8,9 hasil/contoh-0001/ganda_dalam_program.csv
