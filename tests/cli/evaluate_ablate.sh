# The command of a run folder is run again without each part of its model; the whole model comes first.
cat >d.csv <<'ROWS'
id,name,city
1,ani,bogor
2,ani,bogor
3,budi,ambon
4,budi,ambon
5,budi,bogor
ROWS
printf 'id,entity_id\n1,a\n2,a\n3,b\n4,b\n5,c\n' >truth.csv
cat >m.json <<'MODEL'
{"link_type": "dedupe_only", "unique_id_column_name": "id", "probability_two_random_records_match": 0.2,
 "blocking_rules_to_generate_predictions": ["l.name = r.name", "l.city = r.city"],
 "padan_thresholds": {"review": 0, "automatic": 2},
 "comparisons": [
  {"output_column_name": "name", "comparison_levels": [
   {"sql_condition": "name_l = name_r", "padan_weight": 4}, {"sql_condition": "ELSE", "padan_weight": -4}]},
  {"output_column_name": "city", "comparison_levels": [
   {"sql_condition": "city_l = city_r", "padan_weight": 4}, {"sql_condition": "ELSE", "padan_weight": -4}]}]}
MODEL
mkdir elsewhere
(cd elsewhere && "$PADAN" dedupe ../d.csv --model ../m.json --out=o --quiet >/dev/null) || exit 9
"$PADAN" evaluate --ablate --truth truth.csv elsewhere/o || exit 9
"$PADAN" evaluate --ablate --json --truth truth.csv elsewhere/o || exit 9
# Nothing to find and nothing found: no figure, and no difference of figures.
printf 'id,entity_id\n1,a\n2,b\n3,c\n4,d\n5,e\n' >beda.csv
sed 's/"padan_weight": 4/"padan_weight": -4/' m.json >nothing.json
"$PADAN" dedupe d.csv --model nothing.json --out=nothing --quiet >/dev/null || exit 9
"$PADAN" evaluate --ablate --truth beda.csv nothing || exit 9
# Columns that no file has are refused, as they are without --ablate.
"$PADAN" evaluate --ablate --truth truth.csv --label-column orang elsewhere/o 2>&1
"$PADAN" evaluate --ablate elsewhere/o
