# Files of truth, of labels and of other tools may be UTF-16 with its mark; without it they are refused, not taken for
# strange texts.
printf 'unique_id,entity_id\nr1,1\nr2,1\n' >truth.csv
printf 'unique_id,cluster_id\nr1,a\nr2,a\n' >clusters.csv
printf 'unique_id,nama\nr1,A\nr2,A\n' >rows.csv
iconv -f utf-8 -t utf-16 truth.csv >marked.csv
iconv -f utf-8 -t utf-16le truth.csv >unmarked.csv
"$PADAN" evaluate --truth truth.csv --clusters clusters.csv --json >plain.json
"$PADAN" evaluate --truth marked.csv --clusters clusters.csv --json | cmp - plain.json && echo same
"$PADAN" evaluate --truth unmarked.csv --clusters clusters.csv
echo "exit $?"
"$PADAN" evaluate --truth truth.csv --clusters unmarked.csv
echo "exit $?"
"$PADAN" train rows.csv --preset orang-indonesia --labels unmarked.csv --quiet
