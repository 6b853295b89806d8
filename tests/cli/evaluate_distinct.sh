# Pairs of different entities, by kind: merged when any of their rows are in one cluster.
printf 'unique_id,entity_id\n1,A\n2,A\n3,B\n4,B\n5,C\n6,D\n' >truth.csv
printf 'unique_id,cluster_id\n1,x\n2,x\n3,y\n4,x\n5,z\n6,w\n' >clusters.csv
printf 'kind,entity_id_l,entity_id_r\nkembar,A,B\nkembar,A,C\nsenama,C,D\nsenama,C,E\n' >distinct.csv
"$PADAN" evaluate --truth truth.csv --clusters clusters.csv --distinct distinct.csv | sed -n '/^pairs of different/,$p'
"$PADAN" evaluate --json --truth truth.csv --clusters clusters.csv --distinct distinct.csv | grep -o '"distinct":.*'
printf 'kind,entity_id_l\nkembar,A\n' >bad.csv
"$PADAN" evaluate --truth truth.csv --clusters clusters.csv --distinct bad.csv
echo "exit code $?"
printf 'entity_id_l,entity_id_r\nX,Y\n' >unknown.csv
"$PADAN" evaluate --truth truth.csv --clusters clusters.csv --distinct unknown.csv
