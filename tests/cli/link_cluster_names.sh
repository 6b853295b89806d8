# How rows and clusters are named in clusters.csv: ids of digits of any width and any other, sources with plain names
# and others, clusters of one row and of two, of one source and of both.
set -e
mkdir data
cat >'data/a,b.csv' <<'END'
unique_id,name
1,ADI
0000012345,BUDI
12345678901234567,CICI
x-1,DEDI
"q ""1""",EKA
77,FITRI
END
cat >data/plain.csv <<'END'
unique_id,name
99999999,BUDI
100000000,CICI
5,DEDI
y,ADI
123456789012345678,GITA
6,HANI
00,HANI
END
# Nine ids of ten are digits, so that they are kept as such.
for i in $(seq 31 60); do echo "$i,NAMA $((i / 2))"; done >>data/plain.csv
cat >model.json <<'END'
{"link_type": "link_and_dedupe", "blocking_rules_to_generate_predictions": ["l.name = r.name"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
  {"sql_condition": "name_l = name_r", "m_probability": 0.9, "u_probability": 0.001},
  {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.999}]}]}
END
for threads in 1 2; do
    "$PADAN" link 'data/a,b.csv' data/plain.csv --model model.json --link-type link_and_dedupe --threshold-weight -8 \
        --threads "$threads" --out "out$threads" >/dev/null 2>&1
    cmp out1/clusters.csv "out$threads/clusters.csv"
done
cat out1/clusters.csv
