# The folder of dedupe has tables, too.
printf 'unique_id,name,born\n1,SITI AMINAH,1980-02-01\n2,SITI AMINA,1980-02-01\n3,BUDI,1975-05-09\n' >names.csv
cat >model.json <<'END'
{"comparisons": [{"output_column_name": "name", "comparison_levels": [
  {"sql_condition": "jaro_winkler_similarity(name_l, name_r) > 0.9", "m_probability": 0.9, "u_probability": 0.01},
  {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99}]}],
 "blocking_rules_to_generate_predictions": ["l.born = r.born"]}
END
"$PADAN" dedupe names.csv --model model.json --threshold-weight -30 --quiet >/dev/null || exit 9
"$PADAN" export padan-out --sqlite out.db --xlsx out.xlsx --tables pairs,clusters || exit 9
python3 -c "
import sqlite3
database = sqlite3.connect('out.db')
print(database.execute('select unique_id_l, unique_id_r, gamma_name from pairs').fetchall())
print(database.execute('select unique_id, cluster_id from clusters order by unique_id').fetchall())"
