# UTF-32 begins like UTF-16, and was told as such: with its mark or without, of rows and of truths, plain or compressed.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n%s\n' "$header" "$good" >plain.csv
for coding in utf-32 utf-32be utf-32le; do
	iconv -f utf-8 -t $coding plain.csv >pkh.csv
	(try)
done
iconv -f utf-8 -t utf-32 plain.csv | gzip -c >pkh.csv.gz
"$PADAN" check pkh.csv.gz 2>&1 | grep -o "pkh.*"
printf 'unique_id,entity_id\n1,1\n' | iconv -f utf-8 -t utf-32 >truth.csv
"$PADAN" evaluate --truth truth.csv --clusters plain.csv 2>&1
echo "exit $?"
