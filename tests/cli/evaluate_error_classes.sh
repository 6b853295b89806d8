# Classes of errors have words beside their codes, in the table and in evaluation.html; codes alone where programs read them.
printf 'unique_id,cluster_id\n1,a\n2,a\n3,b\n4,c\n' >clusters.csv
printf 'unique_id,entity_id,errors\n1,a,%s\n2,a,\n3,b,E3|E40\n4,b,\n' "$(seq -s '|' -f 'E%g' 27)" >truth.csv
"$PADAN" evaluate --truth truth.csv --clusters clusters.csv --out e | sed -n '/^error class/,$p'
grep -o '<td>E[^<]*</td>' e/evaluation.html | sed -n '1p;27,$p'
cut -d, -f1 e/by_error_class.csv | tail -n 2
