# A registry that says who died: of somebody whom the register does not know it is believed, against the register it is a
# sign, and a death in the period is none. 1: the register says alive. 3: dies in the period. 4: not in the register. 5: dead
# like 4, but the son lives. Without the register the registry is all there is. Invented people; serials 9000 and up.
cat >dtsen.csv <<'ROWS'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,desil,status_hidup,tgl_meninggal
1,3201014203709000,3201010101019101,SITI AMINAH,BOGOR,1970-03-02,P,32.01.01.1001,1,MENINGGAL,2026-01-01
3,3201011008829003,3201010101019103,AGUS SETIAWAN,BOGOR,1982-08-10,L,32.01.01.1001,1,MENINGGAL,2026-11-01
4,3201015008849004,3201010101019104,RATNA SARI,BOGOR,1984-08-10,P,32.01.01.1001,1,MENINGGAL,2026-01-01
5,3201014505609005,3201010101019105,WULAN HANDAYANI,DEMAK,1960-05-05,P,32.01.01.1001,1,MENINGGAL,
6,3201010606869006,3201010101019105,SLAMET RIYADI,DEMAK,1986-06-06,L,32.01.01.1001,1,HIDUP,
ROWS
sed '/^[456]/d; s/,desil.*/,status_hidup/; s/,1,MENINGGAL.*/,HIDUP/' dtsen.csv >kependudukan.csv
sed '/^6/d; s/,desil.*/,nominal/; s/,1,MENINGGAL.*/,600000/' dtsen.csv >pkh.csv
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  dtsen: {role: registry, path: dtsen.csv, version: 2026-08, published: 2026-08-20}
  pkh: {role: program, program: PKH, unit: family, path: pkh.csv, period: 2026-T4}
eligibility:
  PKH: {decile: [1, 4], category: "umur >= 50 OR desil = 1"}
JOB
for register in with without; do
	"$PADAN" run --quiet job.yaml || exit 9
	cut -d, -f3,9,11,12,14-16,20,23 "hasil/$(cat hasil/TERAKHIR)/penerima_tidak_layak.csv"
	sed -i '/kependudukan/d' job.yaml
done
