# A cell of 10 MB costs its row, not the night.
. "$(dirname "$0")/data/bad_input.inc"
{
	printf '%s\n' $header "$good"
	printf '3201014101809001,3201010101109001,'
	head -c 10000000 /dev/zero | tr '\0' A
	printf ',BOGOR,1980-01-01,P,32.01.01.1001,600000\n%s\n' "$good"
} >pkh.csv
try
