# The wide form of SIKS-NG: a column of flags per program. Without a job all its rows are read; a job takes those of its
# program, the others are counted.
cat >siks.csv <<'ROWS'
NIK,NAMA,PKH,periode_pkh,BPNT,periode_bpnt
3201014101809001,SITI AMINAH,1,2026-T4,0,
3201010505789002,BUDI SANTOSO,0,,1,2026-11
3201016507909004,DEWI LESTARI,1,2026-T4,1,2026-11
ROWS
cat >job.yaml <<'JOB'
padan: 1
reference_date: 2026-11-23
sources:
  pkh: {role: program, program: PKH, path: siks.csv}
  sembako: {role: program, program: SEMBAKO, path: siks.csv}
JOB
"$PADAN" check siks.csv | grep 'siks\|rows\|programs\|periode'
"$PADAN" check job.yaml | grep 'siks\|rows\|programs\|periode'
