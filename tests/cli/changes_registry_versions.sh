# A new version of the registry, whose rows stand in another order and say other things, is compared with the one before
# by person: of the night before, in its place or beside it, and both in one job without a night before. Family 1: decile
# 1 to 6; the son is not in it any more. 2: his NIK has a slip in the new version, decile as before. 3: nobody in the register, decile
# 2 to 5. 4: new. Invented people; serials 9000 and up.
cat >kependudukan.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa
3201014203759001,3201010101109001,SITI AMINAH,BOGOR,1975-03-02,P,32.01.01.1001
3201011203059003,3201010101109001,RANO SANTOSO,BOGOR,2005-03-12,L,32.01.01.1001
3201011008859005,3201010101109002,AGUS SETIAWAN,CIANJUR,1985-08-10,L,32.01.01.1002
3201025303889007,3201020101109004,WULAN HANDAYANI,BOGOR,1988-03-13,P,32.01.02.2002
ROWS
cat >lama.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,desil
3201014203759001,3201010101109001,SITI AMINAH,BOGOR,1975-03-02,P,32.01.01.1001,1
3201011203059003,3201010101109001,RANO SANTOSO,BOGOR,2005-03-12,L,32.01.01.1001,1
3201011008859005,3201010101109002,AGUS SETIAWAN,CIANJUR,1985-08-10,L,32.01.01.1002,3
3201015006709011,3201010101109003,SUMINEM,DEMAK,1970-06-10,P,32.01.01.1001,2
ROWS
cat >baru.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,desil
3201025303889007,3201020101109004,WULAN HANDAYANI,BOGOR,1988-03-13,P,32.01.02.2002,4
3201015006709011,3201010101109003,SUMINEM,DEMAK,1970-06-10,P,32.01.01.1001,5
3201011008859015,3201010101109002,AGUS SETIAWAN,CIANJUR,1985-08-10,L,32.01.01.1002,3
3201014203759001,3201010101109001,SITI AMINAH,BOGOR,1975-03-02,P,32.01.01.1001,6
ROWS
. "$(dirname "$0")/data/job.inc"
lama='{role: registry, path: lama.csv, version: 2026-05, published: 2026-05-20}'
baru='{role: registry, path: baru.csv, version: 2026-08, published: 2026-08-20}'
night() { # what, sources, keys
	job <<JOB
$2
  pkh: {role: program, program: PKH, path: pkh.csv, period: 2026-T4}
$3
JOB
	"$PADAN" run --quiet job.yaml >out || exit 9
	run=$(tail -n 1 out)
	echo "-- $1"
	[ ! -f "$run/perubahan.csv" ] || cut -d, -f1-6 "$run/perubahan.csv"
	[ ! -f "$run/perubahan_dtsen.csv" ] || cat "$run/perubahan_dtsen.csv"
}
head -n 2 lama.csv | sed 's/,desil$/,nominal/; s/,1$/,600000/' >pkh.csv
night 'the older version' "  dtsen: $lama"
night 'the newer in its place' "  dtsen: $baru" 'previous: hasil/contoh-0001'
night 'the newer under another name' "  registri: $baru" 'previous: hasil/contoh-0001'
night 'the newer beside it' "  dtsen: $lama
  dtsen_baru: $baru" 'previous: hasil/contoh-0001'
night 'the older renamed' "  dtsen_lama: $lama
  dtsen: $baru" 'previous: hasil/contoh-0001'
night 'both as before' "  dtsen_lama: $lama
  dtsen: $baru" 'previous: hasil/contoh-0005'
night 'the older left out' "  dtsen: $baru" 'previous: hasil/contoh-0005'
