# Files of a job are read as the job says, and a file it may skip is no error.
. "$(dirname "$0")/data/small_job.inc"
printf 'PEGAWAI;NOMOR INDUK\nSITI AMINAH;3201014101809001\n' >asn.csv
: >rusak.csv
sed -i 's/path: pkh.csv, period/paths: [pkh.csv, rusak.csv], on_bad_file: skip, period/' job.yaml
cat >>job.yaml <<'JOB'
  asn: {role: disqualifier, reason: ASN, path: asn.csv, columns: {nama: PEGAWAI, nik: "NOMOR INDUK"}}
JOB
"$PADAN" check --quiet job.yaml
