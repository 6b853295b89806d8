# Of a folder of dedupe, pairs that were kept but not linked hold nothing together, and it is said what was missing. 1 is
# linked with 2 and 3; 2 and 3 are below the threshold; 4 and 5 are in no cluster.
. "$(dirname "$0")/data/equal_or_not.inc"
cat >rows.csv <<'EOF'
unique_id,name,city,born
1,ani wijaya,bogor,1990-01-01
2,ani wijayaa,bogor,1990-01-01
3,ani wijaya,garut,1990-01-01
4,budi,garut,1991-01-01
5,budi,solo,1992-01-01
EOF
write_model -8 4 '"l.name = r.name", "l.born = r.born"'
"$PADAN" dedupe rows.csv --model model.json --out o --quiet
"$PADAN" explain o 1
"$PADAN" explain o 1 --json
"$PADAN" explain o 2 3 | sed -n '/^The rows/p; /weight  /p; /^The match/p'
"$PADAN" explain o 4 5 | sed -n '/^The rows/p; /weight  /p; /^The match/p'
"$PADAN" dedupe rows.csv --model model.json --clustering pairs --out p --quiet
"$PADAN" explain p 1 2 | sed -n '/^The rows/p; /weight  /p; /^The match/p'
"$PADAN" explain p 1 2 --json | grep -o '"kept_from.*linked_from[^,]*'
# A name longer than its column moves the others.
sed 's/"output_column_name": "city"/"output_column_name": "city_of_the_last_residence"/' model.json >long.json
"$PADAN" explain rows.csv 1 2 --model long.json 2>/dev/null | sed -n '/^comparison/,/^$/p'
