# A column that is called unique_id beside the one that names the rows: it is another column, not their ids.
printf 'nik,unique_id,name\n1,a,budi santoso\n2,b,siti aminah\n3,c,agus salim\n' >people.csv
"$PADAN" dedupe people.csv --unique-id nik --out out --quiet >/dev/null
cat out/clusters.csv
grep '^column' out/decisions.txt
