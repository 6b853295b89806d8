# The payee is not in the registry, her husband is: that their decile is 8 is told by his row, which is not hers. Of a payee
# with a row of her own it is her own that tells it.
cat >kependudukan.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa
1,3201014203759001,3201010101109001,SITI AMINAH,BOGOR,1975-03-02,P,32.01.01.1001
2,3201010208709007,3201010101109001,KARTO WIYONO,SOLO,1970-08-02,L,32.01.01.1001
3,3201016507909004,3201010101109002,DEWI LESTARI,SUKABUMI,1990-07-25,P,32.01.01.1002
ROWS
sed '1s/$/,desil/; 2d; 2,$s/$/,8/; s/^\([0-9]\)/d\1/' kependudukan.csv >dtsen.csv
sed '1s/$/,nominal/; 3d; 2,$s/$/,600000/' kependudukan.csv >pkh.csv
. "$(dirname "$0")/data/small_children_job.inc"
cut -d, -f10,11,13-15,20 hasil/contoh-0001/penerima_tidak_layak.csv
