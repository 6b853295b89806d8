# Names that a slip parts are alike to who reads the pair, whatever a decision asks of them: SPATO is SAPTO. Below 0.60 they
# are other names (D3). Either is to be mended, for only names from 0.85 on are as good as one (D1).
cat >kependudukan.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa
3201011203779001,3201010101109001,SAPTO HIDAYAT,BOGOR,1977-03-12,L,32.01.01.1001
3201014203759002,3201010101109002,SITI AMINAH,BOGOR,1975-03-02,P,32.01.01.1001
ROWS
cat >pkh.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa,nominal
3201011203779001,,SPATO HIDAYAT,BOGOR,1981-05-30,L,32.01.01.1001,600000
3201014203759002,,RATNA SARI,BOGOR,1985-09-12,P,32.01.01.1001,600000
ROWS
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  pkh: {role: program, program: PKH, path: pkh.csv, period: 2026-T4}
JOB
"$PADAN" run --quiet job.yaml >/dev/null
cd hasil/contoh-0001 || exit 9
cut -d, -f9,13,15,19,21 hasil_padan.csv
grep -o 'nama [^)]*)' tinjauan_manual.csv
grep -o '[A-Z ]*,NAMA_BEDA' perbaikan_data.csv
