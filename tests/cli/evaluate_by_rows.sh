# --by takes what the truth does not say from the files that the run read: a column that the model need not know, or an
# expression of a row: here of two files, then of a job, whose conditions see umur and jenis_kelamin.
cat >rows.csv <<'END'
id,name,Sex,city,born
1,SITI AMINAH,F,Bogor,1980-01-02
2,SITI AMINAH,F,Bogor,1980-01-02
3,BUDI,M,Bogor,1975-03-04
4,BUDI,M,,1975-03-05
5,DEWI,F,Solo,1990-05-06
6,DEVI,F,Solo,1990-05-06
END
cat >truth.csv <<'END'
id,entity_id
1,a
2,a
3,b
4,b
5,c
6,c
END
cat >model.json <<'END'
{"link_type": "dedupe_only", "probability_two_random_records_match": 0.5, "unique_id_column_name": "id",
 "blocking_rules_to_generate_predictions": ["l.name = r.name"],
 "comparisons": [{"output_column_name": "born", "comparison_levels": [
  {"sql_condition": "born_l = born_r", "m_probability": 0.9, "u_probability": 0.1},
  {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]}]}
END
"$PADAN" dedupe rows.csv --model model.json --quiet --out o >/dev/null || exit 9
by() {
	echo "by $1"
	"$PADAN" evaluate --truth truth.csv o --by "$1" | sed '1,/where either row/d'
}
by Sex
by city
by "name = split_part(name, ' ', 1)"
by 'substr(born, 1, 3)'
"$PADAN" evaluate --truth truth.csv o --by Sex --json | grep -o '"groups":.*'
echo "wrong"
"$PADAN" evaluate --truth truth.csv o --by sexx 2>&1
"$PADAN" evaluate --truth truth.csv o --by "name = " 2>&1
"$PADAN" evaluate --truth truth.csv --clusters o/clusters.csv --by Sex 2>&1
"$PADAN" evaluate --truth truth.csv --clusters o/clusters.csv --out e 2>&1 >/dev/null
ls e

"$PADAN" generate --people 300 --seed 5 --out nation >/dev/null 2>&1
"$PADAN" run nation/job.yaml >/dev/null 2>&1
echo "of a job"
for by in jenis_kelamin 'umur >= 60' kode_provinsi 'nama = split_part(nama, '"' '"', 1)'; do
	"$PADAN" evaluate --truth nation/truth.csv nation/hasil/malam-1-0001 --by "$by" | sed '1,/where either row/d' |
		awk -v by="$by" '{ n++; pairs += $2 > 0 && $4 > 0 } END { print by ": " n " groups, " pairs " with pairs found" }'
done
