# What rosters write in their own way: periods as dates, as Excel shows months, and not to be read; refunds; amounts that
# are dates; row ids that hold NIKs; and regions of the job by a code of an earlier edition, or of none. Invented people;
# serials 9000 and up. SITI is paid in two tahap, once each: nobody is paid twice but DEWI.
cat >kependudukan.csv <<'ROWS'
nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,kode_desa
9301014203759001,9301010101109001,SITI AMINAH,MERAUKE,1975-03-02,P,93.01.01.1001
9301016507909004,9301010101109002,DEWI LESTARI,MERAUKE,1990-07-25,P,93.01.01.1001
9301011708809006,9301010101109003,JOKO PRASETYO,SOLO,1980-08-17,L,93.01.01.1001
ROWS
cat >pkh.csv <<'ROWS'
nik;nama;tgl_lahir;kode_desa;nominal;periode;status_salur;kunci
9301014203759001;SITI AMINAH;02/03/1975;93.01.01.1001;600000.000;01/11/2026;SUKSES;PKH-9301014203759001-1
9301014203759001;SITI AMINAH;02/03/1975;93.01.01.1001;600000;Agt-26;SUKSES;PKH-9301014203759001-2
9301014203759001;SITI AMINAH;02/03/1975;93.01.01.1001;600000;2026-02-10 00:00:00;SUKSES;PKH-9301014203759001-3
9301016507909004;DEWI LESTARI;25/07/1990;93.01.01.1001;600000;Okt-Des 2026;SUKSES;PKH-9301016507909004-1
9301016507909004;DEWI LESTARI;25/07/1990;93.01.01.1001;;2026-11;SUKSES;PKH-9301016507909004-2
9301011708809006;JOKO PRASETYO;17/08/1980;93.01.01.1001;600000;2026-T4;SUKSES;PKH-9301011708809006-1
9301011708809006;JOKO PRASETYO;17/08/1980;93.01.01.1001;-600000;2026-T4;SUKSES;PKH-9301011708809006-2
9301011708809006;JOKO PRASETYO;17/08/1980;93.01.01.1001;01.02.2026;2026-T1;DIKEMBALIKAN;PKH-9301011708809006-3
9301011708809006;JOKO PRASETYO;17/08/1980;93.01.01.1001;600000;tahap 5 2026;GAGAL OMSPAN;PKH-9301011708809006-4
ROWS
. "$(dirname "$0")/data/job.inc"
job <<'JOB'
  pkh: {role: program, program: PKH, path: pkh.csv, period: 2026-10..2026-12, unique_id: kunci, rows: [12, null]}
region_groups: {SELATAN: ["91.01"], BARU: ["93.01.01"], LAIN: ["88.88"]}
JOB
printf 'grup,kode_wilayah\nSELATAN,93\nBARU,93\nSELATAN,93.01\n' >kelompok.csv
"$PADAN" run job.yaml 2>&1 >/dev/null | grep '^padan'
sed 's/^region_groups.*/region_groups: kelompok.csv/; s/^name.*/name: dua/' job.yaml >dua.yaml
"$PADAN" run --quiet dua.yaml >/dev/null
echo "exit $?"
cat >aturan.csv <<'ROWS'
id_aturan,program_a,program_b,tingkat,vonis,berlaku_mulai,berlaku_sampai,wilayah,program_batal,dasar_hukum,terverifikasi,catatan
A,PKH,SEMBAKO,KELUARGA,BOLEH,,,91.01,,,tidak,
B,PKH,SEMBAKO,KELUARGA,DILARANG,,,93.01,,,tidak,
ROWS
sed '$a rules: aturan.csv' job.yaml >tiga.yaml
"$PADAN" run --quiet tiga.yaml 2>&1
echo "one region, two verdicts: exit $?"
grep '^grup' hasil/dua-0001/rekap_padan.csv | cut -d, -f2,6,7
cd hasil/contoh-0001 || exit 9
cut -d, -f2,6,36,37 hasil_padan.csv
cut -d, -f2,5,6,9,26,29,30 ganda_dalam_program.csv
grep '^nasional\|^grup' rekap_ganda.csv | cut -d, -f1,2,5-12
grep -v ^ORANG tumpang_tindih_matriks.csv | cut -d, -f2-4,5,9,13,14
cat tumpang_tindih_kombinasi.csv
cut -d, -f5,6,8-12 cakupan_keluarga.csv
grep -l '930101[0-9]\{10\}' -r .
exit 0
