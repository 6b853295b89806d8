# Tables and queries of PostgreSQL where files may stand: a run has the results it has from files with the same rows,
# dedupe and index read them, and what cannot be read is told in one sentence.
. "$(dirname "$0")/data/postgres.inc"
postgres_start
"$PADAN" generate --people 1500 --seed 19 --regime daerah --out d >/dev/null || exit 9
psql -q -c "CREATE SCHEMA bantuan" postgres || exit 9
# Rows of a table have no order, which results follow: the views say one.
for table in kependudukan pkh; do
	columns=$(head -n 1 d/$table.csv)
	psql -q -c "CREATE TABLE rows_of_$table (n serial, $(echo "$columns" | sed 's/,/ text, /g') text)" postgres || exit 9
	psql -q -c "\\copy rows_of_$table ($columns) FROM 'd/$table.csv' CSV HEADER" postgres || exit 9
	psql -q -c "CREATE VIEW bantuan.$table AS SELECT $columns FROM rows_of_$table ORDER BY n" postgres || exit 9
done
register='postgresql:///postgres#bantuan.kependudukan'
roster='postgres:///postgres#SELECT * FROM bantuan.pkh;'
sed -e "s|path: kependudukan.csv|path: \"$register\"|" -e "s|path: pkh.csv|path: \"$roster\"|" d/job.yaml >d/tables.yaml
"$PADAN" run --quiet d/job.yaml --out files >/dev/null || exit 9
"$PADAN" run --quiet d/tables.yaml --out tables >/dev/null || exit 9
echo "-- the same results, but for names of files"
files=files/$(cat files/TERAKHIR)
tables=tables/$(cat tables/TERAKHIR)
for file in "$files"/*.csv; do
	name=$(basename "$file")
	[ "$name" = ringkasan_pemuatan.csv ] && continue # hashes: bytes differ
	sed -e 's/postgres#bantuan.kependudukan/kependudukan.csv/g' -e 's/postgres#query-[0-9a-f]\{8\}/pkh.csv/g' "$tables/$name" |
		cmp - "$file" || exit 9
done
cut -d, -f1,3-5 "$tables/ringkasan_pemuatan.csv" | sed -n '2p;4p'
"$PADAN" check d/tables.yaml --quiet | grep -A 3 '^postgres#query'

echo "-- dedupe and index"
psql -q postgres <<'END' || exit 9
CREATE TABLE "Data KPM" (unique_id int, nama text, lahir date, lulus boolean, catatan text);
INSERT INTO "Data KPM" VALUES (1, 'SITI AMINAH', '1980-02-01', true, E'a "b", c\nd'), (2, 'SITI AMINA', '1980-02-01', NULL, NULL),
	(3, 'BUDI', '1975-05-09', false, '');
CREATE VIEW perempuan AS SELECT * FROM "Data KPM" WHERE nama LIKE 'SITI%';
END
cat >model.json <<'END'
{"comparisons": [{"output_column_name": "nama", "comparison_levels": [
  {"sql_condition": "jaro_winkler_similarity(nama_l, nama_r) > 0.9", "m_probability": 0.9, "u_probability": 0.01},
  {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99}]}],
 "blocking_rules_to_generate_predictions": ["l.lahir = r.lahir"]}
END
dedupe() {
	"$PADAN" dedupe "$1" --model model.json --threshold-weight -30 --quiet --out "$2" | head -n 1 && cat "$2/pairs.csv"
}
dedupe 'postgresql:///postgres#"Data KPM"' table
dedupe 'postgresql:///postgres#perempuan' view
"$PADAN" index 'postgresql:///postgres#"Data KPM"' --out kpm.padan || exit 9
dedupe kpm.padan index
"$PADAN" link 'postgresql:///postgres#"Data KPM"' 'postgresql:///postgres#select * from perempuan' --model model.json \
	--threshold-weight -30 --quiet --out linked && cat linked/pairs.csv
"$PADAN" index 'postgresql:///postgres#"Data KPM"' 2>&1
echo "exit $?"

echo "-- how many rows will come"
estimate() {
	"$PADAN" dedupe "$@" --model model.json --memory 2G --out estimated 2>&1 >/dev/null |
		sed -n 's/; needs \(about\|at least\) .*/; \1/; s/.*: \(a[a-z]* [a-z]* *[0-9]* rows\)/\1/; /rows.*;/p'
}
psql -q postgres <<'END' || exit 9
CREATE TABLE "it's" (unique_id int, nama text, lahir date);
ALTER TABLE "it's" SET (autovacuum_enabled = off);
INSERT INTO "it's" SELECT n, 'NAMA ' || n, '1980-01-01' FROM generate_series(1, 1000) n;
CREATE TABLE tahun (unique_id int, nama text, lahir date, tahun int) PARTITION BY LIST (tahun);
CREATE TABLE tahun_2025 PARTITION OF tahun FOR VALUES IN (2025);
CREATE TABLE tahun_2026 PARTITION OF tahun FOR VALUES IN (2026);
CREATE TABLE tahun_2027 PARTITION OF tahun FOR VALUES IN (2027);
INSERT INTO tahun SELECT n, 'NAMA ' || n, '1980-01-01', 2025 + n % 2 FROM generate_series(1, 300) n;
END
estimate "postgresql:///postgres#\"it's\""
psql -q -c "ANALYZE \"it's\"; ANALYZE tahun_2025; ANALYZE tahun_2026; ANALYZE tahun" postgres || exit 9
estimate "postgresql:///postgres#\"it's\""
estimate 'postgresql:///postgres#public.tahun'
estimate 'postgresql:///postgres#perempuan'
estimate "postgresql:///postgres#\"it's\"" 'postgresql:///postgres#perempuan' 'postgresql:///postgres#TABLE tahun'
psql -q -c "INSERT INTO \"it's\" SELECT n, 'NAMA ' || n, '1980-01-01' FROM generate_series(1001, 20000) n" postgres || exit 9
estimate "postgresql:///postgres#\"it's\"" | awk '{ print ($2 > 17000 && $2 < 23000 ? "grown" : $0) }'

echo "-- what cannot be read"
psql -q -c "CREATE VIEW broken AS SELECT 1000 / (3 - unique_id) AS nama FROM \"Data KPM\" ORDER BY unique_id" postgres || exit 9
for name in '' '#' '#tidak_ada' '#Data KPM' '#broken' '#DELETE FROM rows_of_pkh' \
	'#WITH gone AS (DELETE FROM rows_of_pkh RETURNING *) TABLE gone' \
	'#SELECT 1) TO STDOUT; DROP TABLE "Data KPM"; COPY (SELECT 1' '?nothing=1#perempuan' '?password=x#perempuan'; do
	"$PADAN" check "postgresql:///postgres$name" 2>&1 >/dev/null
	echo "exit $?"
done
late="postgresql:///postgres#SELECT n AS unique_id, 'A' AS nama, n AS lahir, 1 / (150000 - n) AS x FROM generate_series(1, 200000) n"
"$PADAN" dedupe "$late" --model model.json --quiet --out late 2>&1
echo "exit $?"
ls -d late 2>/dev/null
"$PADAN" check 'postgresql://a:b@/postgres#perempuan' 2>&1 >/dev/null
"$PADAN" check 'postgresql:///absent#perempuan' 2>&1 >/dev/null | sed "s|$PGHOST|HOST|"
psql -At -c "SELECT count(*) > 0 FROM rows_of_pkh" postgres
