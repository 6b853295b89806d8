# Alarms of files on the page are in its language: rounded family cards, a file under two names, a column that is gone.
draw=$(cd "$(dirname "$0")" && pwd)/../page/draw.js
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
{
	echo nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nominal
	for i in 1 2 3 4 5 6 7; do echo "32010141018090$i$i,32010101011090${i}0,SITI $i,BOGOR,1980-01-0$i,P,600000"; done
} >pkh.csv
cp pkh.csv pbi.csv
cat >>job.yaml <<'JOB'
  pbi: {role: program, program: PBI-JK, path: pbi.csv, period: 2026-T4}
previous: hasil/contoh-0001
JOB
"$PADAN" run --quiet job.yaml
echo "exit $?"
page=hasil/contoh-0002/laporan.html
grep -o '"alarm":\[[^]]*\]' $page | tr ';' '\n' | grep -o 'rounded its family\|same bytes as [a-z.]*\|lacks [a-z_]*' | sort | uniq -c
if command -v node >/dev/null; then node "$draw" $page || echo "the page cannot be drawn"; fi
exit 0
