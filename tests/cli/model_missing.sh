# A model that is not there or is a folder is a wrong model (2), not an unusable input; nothing is written.
printf 'nama,kota\nBUDI,SOLO\nBUDI,SOLO\n' >rows.csv
mkdir folder
"$PADAN" dedupe rows.csv --model missing.json --out o 2>&1
echo "exit $?"
"$PADAN" dedupe rows.csv --model folder --out o 2>&1
echo "exit $?"
"$PADAN" dedupe missing.csv --out o >/dev/null 2>&1
echo "input: exit $?"
ls
