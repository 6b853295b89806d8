# A registry that comes as persons plus families, deciles with the families only, named first in the job: rows are found
# among the persons, and every table knows their decile. Invented people; serials 9000 and up.
. "$(dirname "$0")/data/small_job.inc"
cut -d, -f1-7 kependudukan.csv | grep -v 'RANO' >dtsen.csv
cat >dtsen_kk.csv <<'ROWS'
no_kk,nik,nama,kode_desa,desil
3201010101109001,3201010505789002,BUDI SANTOSO,32.01.01.1001,7
3201010101109002,3201011008859005,AGUS SETIAWAN,32.01.01.1002,3
ROWS
job <<'JOB'
  dtsen_kk: {role: registry, unit: family, path: dtsen_kk.csv, version: 2026-08, published: 2026-08-20}
  dtsen: {role: registry, unit: person, path: dtsen.csv, version: 2026-08, published: 2026-08-20}
  pkh: {role: program, program: PKH, path: pkh.csv, period: 2026-T4}
eligibility:
  PKH: {decile: [1, 4]}
JOB
"$PADAN" run --quiet job.yaml
cut -d, -f1,2,30-33 hasil/contoh-0001/hasil_padan.csv
grep '^nasional' hasil/contoh-0001/rekap_padan.csv | cut -d, -f4,7,18-20
cut -d, -f3,8,10,14-15,17 hasil/contoh-0001/penerima_tidak_layak.csv
exit 0
