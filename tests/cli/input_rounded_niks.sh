# A spreadsheet kept 15 digits of every NIK.
. "$(dirname "$0")/data/bad_input.inc"
{
	echo $header
	for day in 01 02 03 04 05 06 07 08 09 10 11 12 13; do
		echo "320101${day}01809000,,ORANG $day,BOGOR,1980-01-$day,L,32.01.01.1001,600000"
	done
} >pkh.csv
try
