# A roster as regions send them: title rows, semicolons, Windows-1252, month first, BPS codes, a broken row, a row of
# totals. Everything a reader must know stands in the report; an alarm is exit 1.
{
	printf 'DAFTAR PENERIMA BANTUAN;;;;;;;\r\nKABUPATEN BOGOR;;;;;;;\r\n\r\n'
	printf 'No;NIK KTP;NAMA PENERIMA;TMPT_LHR;TGL_LHR;JK;KODE KEC;Nilai Bantuan;Keterangan\r\n'
	for day in 13 14 15 16 17 18 19 20 21 22 23 24; do
		printf '%s;320101%s07809001;SITI AMIN\311H;BOGOR;07/%s/1980;P;3201010;Rp 600.000;x\r\n' $day $((day + 40)) $day
	done
	printf '25;3201014101809001;broken\r\n'
	printf '26;"3,20101E+15";ANI;BOGOR;07/01/1980;P;3201010;enam ratus;x\r\n'
	printf 'JUMLAH;;;;;;;7.200.000;\r\n'
} >roster.csv
"$PADAN" check roster.csv
