# The payee died before the period; who is left of the family is inactive, but lives: another is to be paid, and the condition
# holds for nobody. DARMI leaves nobody: that is her death alone.
cat >kependudukan.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,status_hidup,tgl_meninggal
3201014203759001,3201010101109001,SITI AMINAH,BOGOR,1975-03-02,P,32.01.01.1001,MENINGGAL,2026-04-02
3201010208709007,3201010101109001,KARTO WIYONO,SOLO,1970-08-02,L,32.01.01.1001,NON AKTIF,
3201016507909004,3201010101109002,DARMI LESTARI,SUKABUMI,1990-07-25,P,32.01.01.1002,MENINGGAL,2026-04-02
ROWS
cut -d, -f1-7 kependudukan.csv | sed '1s/$/,desil/; 2,$s/$/,2/' >dtsen.csv
cut -d, -f1-7 kependudukan.csv | sed '3d; 1s/$/,nominal/; 2,$s/$/,600000/' >pkh.csv
. "$(dirname "$0")/data/small_children_job.inc"
cut -d, -f10-13,20,22- hasil/contoh-0001/penerima_tidak_layak.csv
