# What is left of a damaged name is nearer to one twin's than to the other's by chance, and the other is no candidate then:
# the register has both, so which of them it is has to be told by what they do not share. sole has no twin, and needs not.
# hers is told by the sex, ana by her card. The number of sister is a slip from the second twin's, the rest nearer to the first's.
cat >kependudukan.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,kode_desa,status_hidup
1,3201014309019106,3201010101109011,RATNA SAPUTRA,BOGOR,03-09-2001,P,SUMIYATI,3201011001,HIDUP
2,3201014309019107,3201010101109011,RATNI SAPUTRA,BOGOR,03-09-2001,P,SUMIYATI,3201011001,HIDUP
3,3201011407849003,3201010101109013,BUDI KURNIAWAN,BOGOR,14-07-1984,L,KASINEM,3201011001,HIDUP
4,3201015407849004,3201010101109013,BUDA KURNIAWAN,BOGOR,14-07-1984,P,KASINEM,3201011001,HIDUP
5,3201015506739502,3201010101109015,RATNA SAPUTRA,BOGOR,15-06-1973,P,PAINEM,3201011001,HIDUP
6,3201016102869544,3201010101109016,DEWI HANDAYANI,BOGOR,21-02-1986,P,RUMINAH,3201011001,HIDUP
7,3201016102869545,3201010101109017,DEWA HANDAYANI,BOGOR,21-02-1986,P,RUMINAH,3201011001,HIDUP
ROWS
cat >pbi.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,nominal
either,,3201010101109011,SAPUTRA,BOGOR,03-09-2001,P,3201011001,42000
initial,,3201010101109011,R. SAPUTRA,BOGOR,03-09-2001,P,3201011001,42000
named,,3201010101109011,RATNI SAPUTRA,BOGOR,03-09-2001,P,3201011001,42000
sister,3201014209019107,3201010101109011,SAPUTRA,BOGOR,03-09-2001,P,3201011001,42000
hers,,3201010101109013,B. KURNIAWAN,BOGOR,14-07-1984,P,3201011001,42000
sole,,3201010101109015,SAPUTRA,BOGOR,15-06-1973,P,3201011001,42000
nobody,,,D. HANDAYANI,BOGOR,21-02-1986,P,3201011001,42000
ana,,3201010101109017,DEWA HANDAYANI,BOGOR,21-02-1986,P,3201011001,42000
ROWS
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  pbi: {role: program, program: PBI-JK, unit: person, period: 2026-11, path: pbi.csv}
JOB
for threads in 1 3; do
	rm -rf hasil
	"$PADAN" run --quiet --threads $threads job.yaml >/dev/null
	cut -d, -f2,13,15,16 hasil/contoh-0001/hasil_padan.csv >rows_$threads
done
cmp rows_1 rows_3 && cat rows_1
