# A file of customers has no NIK and no nama, and is none the worse for it: its own columns are told, as dedupe takes them,
# from a file, a pipe and an index alike. A job wants a roster.
{
	printf 'Kundennummer;Vorname;Geburtstag;Ort;Ort;leer\r\n'
	for day in 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
		printf 'K%s;J\374rgen %s;%s.05.19%s;Ulm;Neu-Ulm %s;\r\n' $day $((day % 3)) $day $((day + 40)) $((day % 4))
	done
} >customers.csv
"$PADAN" check customers.csv
echo "exit $?"
"$PADAN" check - <customers.csv | tail -n +2 >piped
"$PADAN" index customers.csv --quiet >index.log
"$PADAN" check customers.csv.padan | tail -n +2 | cmp - piped
"$PADAN" check customers.csv | tail -n +2 | cmp - piped
"$PADAN" check --json customers.csv | grep -o '"roster":false\|{"header":"Geburtstag[^}]*}\|{"header":"leer[^}]*}'
printf 'padan: 1\nname: c\nreference_date: 2026-11-23\nsources: {c: {role: program, program: PKH, path: customers.csv}}\n' >job.yaml
"$PADAN" check job.yaml 2>&1
echo "exit $?"
