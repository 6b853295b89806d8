echo nik >pkh.csv
cat >aturan.csv <<'ROWS'
id_aturan,program_a,program_b,tingkat,vonis,berlaku_mulai,berlaku_sampai,wilayah,program_batal,dasar_hukum,terverifikasi,catatan
SATU,PKH,SEMBAKO,KELUARGA,BOLEH,,,,,,tidak,
DUA,BPNT,PKH,KELUARGA,DILARANG,,,,,,tidak,
ROWS
cat >job.yaml <<'JOB'
padan: 1
reference_date: 2026-11-23
sources:
  pkh: {role: program, program: PKH, path: pkh.csv}
rules: aturan.csv
JOB
"$PADAN" run job.yaml
