# A truth of a part of the rows: those that it does not have bring others together all the same. 1 and 2 are one person,
# who are in one cluster through 9 alone; 3 is another, who a pair of less weight brings to 8, and 8 to them.
printf 'unique_id,entity_id\n1,a\n2,a\n3,b\n' >truth.csv
cat >pairs.csv <<'EOF'
match_weight,unique_id_l,unique_id_r
8,1,9
8,9,2
2,3,8
2,7,8
2,7,2
EOF
"$PADAN" evaluate --truth truth.csv --pairs pairs.csv --threshold-weight 5 --out e | grep '^all sources'
"$PADAN" evaluate --truth truth.csv --pairs pairs.csv | grep '^all sources'
sed -n '1p; /^[28]\.0/p' e/threshold.csv
printf 'match_weight,unique_id_l,unique_id_r\n8,7,9\n8,9,8\n' >others.csv
"$PADAN" evaluate --truth truth.csv --pairs others.csv 2>&1 || echo "exit $?"
