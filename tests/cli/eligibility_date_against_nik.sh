# The age of a person is that of the register, but where his NIK and the registry agree on another birth date than the
# register's: two against one. TONO, whose register row has day and month exchanged, is 18 and not 19; TINI's date was
# mistyped in the registry; of TUTI's three dates each is another: the register's counts, and she is 18.
cat >kependudukan.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa
3201010212079001,3201010101109001,TONO PRASETYO,BOGOR,2007-02-12,L,32.01.01.1001
3201014212079002,3201010101109002,TINI HANDAYANI,BOGOR,2007-12-02,P,32.01.01.1001
3201014312079003,3201010101109003,TUTI LESTARI,BOGOR,2007-12-13,P,32.01.01.1001
ROWS
sed 's/kode_desa/kode_desa,desil/; s/1001$/1001,1/; s/2007-02-12/2007-12-02/; /TINI/s/2007-12-02/2007-02-12/; /TUTI/s/2007-12-13/2007-10-03/' \
	kependudukan.csv >dtsen.csv
sed 's/kode_desa/kode_desa,nominal/; s/1001$/1001,600000/' kependudukan.csv >pkh.csv
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  dtsen: {role: registry, path: dtsen.csv, version: 2026-05, published: 2026-05-20}
  pkh: {role: program, program: PKH, path: pkh.csv, period: 2026-T4}
eligibility:
  PKH: {decile: [1, 4], category: "umur <= 18"}
JOB
"$PADAN" run --quiet job.yaml
cut -d, -f10,11,17 hasil/contoh-0001/penerima_tidak_layak.csv
grep '^nasional' hasil/contoh-0001/galat_sasaran.csv | cut -d, -f4,10,13-15
