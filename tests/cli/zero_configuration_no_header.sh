# A file without a header: its first row is told as one by its place, and no cell of it stands in the error.
printf '3201014203759001,SUTINAH,1975-03-02\n3201011203059003,RANO SANTOSO,2005-03-12\n' >orang.csv
"$PADAN" dedupe --quiet --out hasil orang.csv
