# A row without an end costs what it holds, not the night.
. "$(dirname "$0")/data/bad_input.inc"
{
	printf '%s\n' $header "$good"
	head -c 20000000 /dev/zero | tr '\0' A
	printf '\n%s\n' "$good"
} >pkh.csv
try
