# A source of very many files, some of them named again: each is read once, and naming them costs no more than reading.
. "$(dirname "$0")/data/small_job.inc"
mkdir kecil
head=$(head -n 1 pkh.csv)
rest=$(sed -n 2p pkh.csv | cut -d, -f2-)
for i in $(seq 300); do printf '%s\n%s\n' "$head" "$i,$rest" >kecil/$i.csv; done
job <<'JOB'
  pkh: {role: program, program: PKH, paths: ["kecil/*.csv", kecil/7.csv, "kecil/1*.csv"], period: 2026-T4}
JOB
"$PADAN" run job.yaml 2>message >/dev/null
echo "exit $?"
grep -c 'is named twice in one source and read once' message
tail -n +3 hasil/contoh-0001/ringkasan_pemuatan.csv | awk -F, '{ n++; rows += $4 } END { print n " files, " rows " rows" }'
