# 1 and 2 share "kx90" and "salur", 3 shares "salur" with both; "lampu" is in four rows and "meja" in one: both are left
# out. The model is written with its words, and explain names the rule.
cat >d.csv <<'END'
unique_id,barang,toko
1,Lampu KX90 putih,Salur Jaya
2,"kx90, lampu",salur
3,lampu meja,SALUR
4,lampu gantung,-
END
cat >m.json <<'END'
{"link_type": "dedupe_only", "unique_id_column_name": "unique_id",
 "blocking_rules_to_generate_predictions": [
   {"blocking_rule": "l.kata = r.kata",
    "padan_words": {"name": "kata", "texts": ["barang", "toko"], "most_rows": 3}}],
 "comparisons": [{"output_column_name": "barang", "comparison_levels": [
   {"sql_condition": "barang_l = barang_r", "m_probability": 0.9, "u_probability": 0.1},
   {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}]}]}
END
"$PADAN" block d.csv --model m.json --quiet
"$PADAN" dedupe d.csv --model m.json --all-pairs --quiet --out o
cut -d, -f3-6,9- o/pairs.csv
grep -o '"padan_words.*' o/model.json
"$PADAN" explain o 1 3 | grep -i kata
sed 's/"kata", "texts"/"toko", "texts"/' m.json >n.json
"$PADAN" block d.csv --model n.json --quiet
