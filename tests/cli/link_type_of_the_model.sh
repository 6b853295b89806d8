# A model of Splink that compares inside the tables too does so in a link, as in Splink, without --link-type; the flag
# takes its place. That a model of one table compares across in a link is told.
printf 'unique_id,name,town\n1,ANA,BOGOR\n2,ANA,BOGOR\n3,BUDI,DEPOK\n' >a.csv
printf 'unique_id,name,town\n1,ANA,BOGOR\n2,BUDI,DEPOK\n3,BUDI,DEPOK\n' >b.csv
. "$(dirname "$0")/data/model_of_names.inc"
pairs() { tail -n +2 o/pairs.csv | cut -d, -f3-6 | sort | tr '\n' ' '; }
for type in link_and_dedupe link_only dedupe_only; do
	model $type >$type.json
	"$PADAN" link a.csv b.csv --model $type.json --out o 2>&1 | grep "model says"
	echo "$type: $(pairs)"
done
"$PADAN" link a.csv b.csv --model link_and_dedupe.json --link-type link_only --quiet --out o >/dev/null 2>&1
echo "with the flag: $(pairs)"
printf 'source_dataset,unique_id,entity_id\na,1,x\na,2,x\na,3,y\nb,1,x\nb,2,y\nb,3,y\n' >truth.csv
"$PADAN" link a.csv b.csv --model link_and_dedupe.json --quiet --out o >/dev/null 2>&1
"$PADAN" evaluate --truth truth.csv o --json | grep -o '"true":[0-9]*' | head -1
"$PADAN" evaluate --truth truth.csv o | grep -i "blocking"
