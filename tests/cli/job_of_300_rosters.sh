# A roster from each of 300 regencies, every one a source of its own.
{
	printf 'padan: 1\nname: semua\nreference_date: 2026-11-23\nsources:\n'
	for i in $(seq 300); do echo "  r$i: {role: program, program: PKH, path: r$i.csv, period: 2026-T4}"; done
} >job.yaml
for i in $(seq 300); do
	printf 'nik,nama,tgl_lahir,nominal\n32010141018090%02d,SITI AMINAH %d,1980-01-%02d,600000\n' $((i % 3)) $((i % 3)) $((i % 3 + 1)) >r$i.csv
done
"$PADAN" run job.yaml --quiet
cut -d, -f3 hasil/semua-0001/klaster.csv | sort | uniq -c | sort -rn | head -4
exit 0
