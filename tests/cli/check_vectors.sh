# The test vectors of NIKs, each in a file of its own: which flags it gets, and whether it can serve as a key.
vector() { # NIK-CELL NO_KK SEX BIRTH-DATE
	printf 'nik,no_kk,nama,jenis_kelamin,tgl_lahir\n%s,%s,SITI AMINAH,%s,%s\n' "$1" "$2" "$3" "$4" >one.csv
	printf '%s: ' "$1"
	"$PADAN" check --json one.csv | grep -o '"nik":{"n".*}}' | sed 's/}}.*/}}/; s/"nik"://'
}
vector 3201014107909001 3201010101109001 P 01-07-1990
vector "'3201015107709001.0 " 3201010101109001 P 11-07-1970
vector '"3,20102E+15"' 3201010101109001 P 11-07-1970
vector 9101010101859003 9101010101109001 L 01-01-1985
vector 9701010101859003 9701010101109001 L 01-01-1985
vector 3201013002909001 3201010101109001 L 01-02-1990
vector 3201010101909001 3201010101109001 P 01-01-1990
vector 3201011208159004 3201011208159004 L 12-08-2015
vector 1234567890123456 3201010101109001 '' ''
vector 3201000000000000 3201010101109001 '' ''
vector 9999999999999999 3201010101109001 '' ''
{
	echo nik,nama
	for day in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19; do echo "320101${day}01909000,ORANG $day"; done
	echo 3201012001909001,ORANG 20
} >rounded.csv
printf '95 %% of 20 end in 0: '
"$PADAN" check --json rounded.csv | grep -o '"nik":{"n".*}}' | sed 's/}}.*/}}/; s/"nik"://'
sed -i 's/9000,ORANG 19/9002,ORANG 19/' rounded.csv
printf '90 %% of 20 end in 0: '
"$PADAN" check --json rounded.csv | grep -o '"nik":{"n".*}}' | sed 's/}}.*/}}/; s/"nik"://'
