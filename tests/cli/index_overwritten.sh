# An index that is overwritten in place under a run: its codes, which were checked, lead anywhere then. One sentence, and
# nothing is written. The second file is a pipe that gives more rows than fit any buffer, so that the index was read by the
# time it has given them.
mkfifo pipa
awk 'BEGIN { print "unique_id,nama,alamat"; for (i = 0; i < 200000; i++) printf "%d,SITI %d,JALAN %d\n", i, i % 50000, i % 70000 }' >asal.csv
"$PADAN" index --quiet asal.csv --out indeks.padan >/dev/null
cat >m.json <<'MODEL'
{"link_type": "link_only", "unique_id_column_name": "unique_id",
 "blocking_rules_to_generate_predictions": ["l.nama = r.nama and l.alamat = r.alamat"],
 "comparisons": [{"output_column_name": "nama", "comparison_levels": [
   {"sql_condition": "nama_l = nama_r", "padan_weight": 20}, {"sql_condition": "ELSE", "padan_weight": -4}]}]}
MODEL
(
	exec 3>pipa
	sed 's/^/b/' asal.csv >&3
	head -c "$(($(wc -c <indeks.padan) - 100000))" /dev/zero | tr '\0' '\377' | dd of=indeks.padan bs=1M conv=notrunc status=none
	echo 'c1,SITI,JALAN' >&3
) &
timeout 60 "$PADAN" link --quiet --out o --model m.json indeks.padan pipa 2>message
echo "exit $?"
wait
sed 's/^padan link:/padan:/' message | grep .
ls | grep -v 'asal.csv\|indeks.padan\|m.json\|message\|pipa'
true
