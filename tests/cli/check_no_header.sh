# A file without a header: its first row is that of a person, and no cell of it is shown.
printf '3201014203759001,SUTINAH,1975-03-02\n3201011203059003,RANO SANTOSO,2005-03-12\n3201011203069004,AGUS SALIM,2006-03-12\n' >orang.csv
"$PADAN" check orang.csv >out.txt
echo "exit $?"
cat out.txt
"$PADAN" check --json orang.csv >out.json
grep -o '"header":[^,]*,"name":[^,]*' out.json
grep -l -e 3201 -e SUTINAH -e 1975 out.txt out.json || echo nothing
