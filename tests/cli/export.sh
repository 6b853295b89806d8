# A run as a workbook and as a database: cell by cell what the files say, numbers of people as texts; the same bytes
# again; a region; and what is refused.
data="$(dirname "$0")/data"
. "$data/eligibility_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null
run=hasil/$(cat hasil/TERAKHIR)
"$PADAN" export "$run" --xlsx kertas.xlsx --sqlite hasil.db || exit 9
python3 "$data/exported.py" "$run" kertas.xlsx hasil.db || exit 9
cp kertas.xlsx before.xlsx
"$PADAN" export "$run" --xlsx kertas.xlsx --bahasa id >/dev/null || exit 9
cmp kertas.xlsx before.xlsx || exit 9
echo "-- one village, one table, in English"
"$PADAN" export "$run" --xlsx satu.xlsx --tables temuan,klaster --wilayah 32.01.01 --bahasa en || exit 9
python3 - <<'END'
import zipfile
book = zipfile.ZipFile("satu.xlsx")
print([line.split('"')[0] for line in book.read("xl/workbook.xml").decode().split('<sheet name="')[1:]])
print("others:", book.read("xl/worksheets/sheet2.xml").decode().count("32.01.02"))
END
"$PADAN" export "$run" --xlsx dua.xlsx --tables temuan,klaster --wilayah 320101 --bahasa en || exit 9
cmp satu.xlsx dua.xlsx
rm dua.xlsx
echo "-- a region nobody lives in, tables without regions"
"$PADAN" export "$run" --xlsx dua.xlsx --wilayah 11.01 2>&1 || exit 9
"$PADAN" export "$run" --xlsx dua.xlsx --wilayah 32.01 --tables klaster 2>&1 || exit 9
rm dua.xlsx
echo "-- refused"
for arguments in "" "--xlsx $run/k.xlsx" "--xlsx k.xlsx --tables temuam" "--xlsx k.xlsx --bahasa de" "--xlsx k.xlsx --wilayah 99.99" "--xlsx k.xlsx --wilayah 32.99" \
	"--xlsx nowhere/k.xlsx"; do
	"$PADAN" export "$run" $arguments
	echo "exit $?"
done 2>&1
"$PADAN" export . --sqlite k.db 2>&1
echo "exit $?"
ls
