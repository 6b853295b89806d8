# The tables of a run in a schema of PostgreSQL: what the files say, numbers as numbers; all tables or none; others of
# the schema stay.
data="$(dirname "$0")/data"
. "$data/postgres.inc"
. "$data/eligibility_job.inc"
postgres_start
schema='postgresql:///postgres#padan'
ask() { psql -At -c "$1" postgres; }
"$PADAN" run --quiet job.yaml >/dev/null
run=hasil/$(cat hasil/TERAKHIR)
"$PADAN" export "$run" --postgres "$schema" || exit 9
echo "-- cell by cell"
"$PADAN" export "$run" --sqlite hasil.db >/dev/null || exit 9
for file in "$run"/*.csv; do
	table=$(basename "$file" .csv)
	psql -q -c "\\copy padan.$table TO 'cells.csv' CSV HEADER" postgres || exit 9
	python3 - "$file" cells.csv <<'END' || exit 9
import csv, sys
from decimal import Decimal
wanted, found = ([row for row in csv.reader(open(path, newline=""))] for path in sys.argv[1:])
def plain(cell):
    try:
        return Decimal(cell)
    except ArithmeticError:
        return cell
assert len(wanted) == len(found), (sys.argv[1], len(wanted), len(found))
for a, b in zip(wanted, found):
    assert a == b or list(map(plain, a)) == list(map(plain, b)), (sys.argv[1], a, b)
END
done
ask "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'padan' AND table_name = 'temuan'"
ask "SELECT jenis, count(*), sum(nominal_temuan) FROM padan.temuan WHERE dihitung = 1 GROUP BY 1 ORDER BY 1"
ask "SELECT indexname FROM pg_indexes WHERE schemaname = 'padan' AND tablename = 'temuan' ORDER BY 1"
echo "-- again, one village; a table of somebody else stays"
ask "CREATE TABLE padan.catatan AS SELECT 1 AS n" >/dev/null
"$PADAN" export "$run" --postgres "$schema" --tables temuan,klaster --wilayah 32.01.02 || exit 9
ask "SELECT count(*) FROM padan.catatan"
ask "SELECT DISTINCT left(kode_wilayah, 8) FROM padan.temuan"
echo "-- all or none"
ask "CREATE VIEW padan.terbesar AS SELECT max(nominal_temuan) FROM padan.temuan; TRUNCATE padan.catatan" >/dev/null
before=$(ask "SELECT count(*) FROM padan.klaster")
"$PADAN" export "$run" --postgres "$schema" 2>&1
echo "exit $?"
[ "$(ask "SELECT count(*) FROM padan.klaster")" = "$before" ] || exit 9
echo "-- refused"
for uri in hasil.db postgresql:///postgres 'postgresql:///postgres#a.b' 'postgresql:///postgres#select 1' \
	'postgresql:///absent#padan'; do
	"$PADAN" export "$run" --postgres "$uri" 2>&1 | sed "s|$PGHOST|HOST|"
done
