# Rows to repair, each with a suggestion, and pairs to look at, each with one sentence. NIK and KK stay masked.
. "$(dirname "$0")/data/eligibility_job.inc"
cat >pkh.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,alamat,nominal
3201016507909040,3201010101109002,DEWI LESTARI,SUKABUMI,1990-07-25,P,91.01.01.1002,DSN MAWAR RT 3 RW 1,600000
3201010101109003,3201010101109003,JOKO PRASETYO,SOLO,1980-08-17,P,32.01.01.1001,DSN MAWAR,enam ratus
,32,,BOGOR,,L,,,600000
3201025303889007,3201020101109004,ANI SURYANI,BOGOR,1991-01-01,P,32.01.02.2002,RT 2,600000
3201021409779008,3201020101109005,AHMAD,BOGOR,1977-09-15,L,32.01.02.2002,RT 1 RW 2,600000
3201025511699009,,KARTINAH,DEMAK,1970-11-15,P,32.01.02.2002,RT 1,600000
3201011008859005,3201010101109002,AGUS SETIAWAN,CIANJUR,1985-08-10,L,32.01.99.9999,RT 4 RW 1,600000
ROWS
# a NIK that is by chance another family's number in the register, and the person's in the roster: nothing to repair
cat >>kependudukan.csv <<'ROWS'
3201014208189011,3201012206109001,PUTRI KARTIKA,BOGOR,2018-08-02,P,32.01.01.1001,HIDUP,
3201016506889012,3201012206109001,MEGAWATI,BOGOR,1988-06-25,P,32.01.01.1001,HIDUP,
3201012206109001,3201011604119008,LILY TANOTO,BOGOR,2008-06-20,L,32.01.01.1001,HIDUP,
ROWS
echo "3201012206109001,3201011604119008,LILY TANOTO,BOGOR,2008-06-20,L,32.01.01.1001,RT 1,600000" >>pkh.csv
"$PADAN" run --quiet job.yaml >/dev/null 2>&1
[ $? = 1 ] || exit 9 # the amount that cannot be read is an alarm
cd hasil/contoh-0001 || exit 9
sed 's/,"[^"]*",/,.,/' perbaikan_data.csv | cut -d, -f1,3,7,9-11,13-16,18-22
cut -d, -f4,6-8,12-19,28- tinjauan_manual.csv
# no number of a person or a family in full, anywhere but in the copy of the job
cat perbaikan_data.csv tinjauan_manual.csv penerima_tidak_layak.csv cakupan_keluarga.csv | grep -c '[0-9]\{11\}' || true
grep ^pkh hasil_padan.csv | cut -d, -f4,14-16 | tail -n 1
