# Labelled pairs as the truth: only they count. Ana and Budi are found, Citra is lost (never compared), Dedi and Deni are
# wrongly one; a pair labelled both ways and one of a row with itself are left out; and the model may have seen them.
cat >rows.csv <<'END'
id,name,town
a1,ANA,BOGOR
a2,ANA,BOGOR
b1,BUDI,DEPOK
b2,BUDI,DEPOK
c1,CITRA,GARUT
c2,SITRA,TEGAL
d1,DEDI,KUDUS
d2,DENI,KUDUS
END
cat >clusters.csv <<'END'
unique_id,cluster_id
a1,1
a2,1
b1,2
b2,2
c1,3
c2,4
d1,5
d2,5
END
cat >labels.csv <<'END'
unique_id_l,unique_id_r,clerical_match_score
a1,a2,1.0
b2,b1,0.9
c1,c2,1
d1,d2,0
a1,b1,0
b1,b2,1
a2,d1,1
d1,a2,0
a1,a1,1
x9,a1,0
END
"$PADAN" evaluate --truth labels.csv --clusters clusters.csv
printf 'unique_id_l,unique_id_r,match_probability\na1,a2,.99\nc1,c2,.2\n' >pairs.csv
"$PADAN" evaluate --truth labels.csv --pairs pairs.csv --threshold-probability .5 --json
for option in --link-only "--by town" "--out figures" "--distinct labels.csv" "--label-column x"; do
	"$PADAN" evaluate --truth labels.csv --clusters clusters.csv $option
	echo "exit $?"
done
cat >model.json <<'END'
{"link_type": "dedupe_only", "unique_id_column_name": "id", "probability_two_random_records_match": 0.1,
 "blocking_rules_to_generate_predictions": ["l.town = r.town"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
  {"sql_condition": "name_l IS NULL OR name_r IS NULL", "is_null_level": true},
  {"sql_condition": "name_l = name_r", "m_probability": 0.9, "u_probability": 0.1},
  {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]}]}
END
grep -v '^a2,d1\|^d1,a2' labels.csv >consistent.csv
"$PADAN" train rows.csv --model model.json --unique-id id --labels consistent.csv --out trained.json >/dev/null 2>&1 || exit 9
"$PADAN" dedupe rows.csv --model trained.json --unique-id id --out o >/dev/null 2>&1 || exit 9
"$PADAN" evaluate --truth consistent.csv o | grep -o "^warning: the model was trained on the labels of"
printf 'unique_id_l,unique_id_r\n' >none.csv
"$PADAN" evaluate --truth none.csv --clusters clusters.csv
