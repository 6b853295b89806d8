# Files of truth, of labels and of other tools are UTF-8: others are refused, not taken for strange texts.
printf 'unique_id,entity_id\nr1,1\nr2,1\n' >truth.csv
iconv -f utf-8 -t utf-16 truth.csv >utf16.csv
printf 'unique_id,cluster_id\nr1,a\nr2,a\n' >clusters.csv
printf 'unique_id,nama\nr1,A\nr2,A\n' >rows.csv
"$PADAN" evaluate --truth utf16.csv --clusters clusters.csv
echo "exit $?"
"$PADAN" evaluate --truth truth.csv --clusters utf16.csv
echo "exit $?"
"$PADAN" train rows.csv --preset orang-indonesia --labels utf16.csv --quiet
