# What is wrong with an index is said in one sentence, with the exit code of an input that cannot be used; settings that
# are not those it was made with are a mistake of the job. Nothing is written.
set -e
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n' $header "$good" "$good" >asli.csv
"$PADAN" index --quiet asli.csv --out asli.padan
make() { head -c "$1" asli.padan; printf "$2"; tail -c +"$3" asli.padan; }
run() {
	set +e
	"$PADAN" run --quiet job.yaml >out 2>err
	echo "$1: exit $?"
	set -e
	sed 's/[0-9]* of section [0-9]*/N of section M/' err
	[ ! -e hasil/contoh-0001 ] || echo "a run folder was written"
}
size=$(wc -c <asli.padan)
cp asli.padan pkh.csv && run sound && rm -r hasil
make 12 '\011' 14 >pkh.csv && run 'another format'
make 8 '\012\013\014\015' 13 >pkh.csv && run 'the other byte order'
make 130 'x' 132 >pkh.csv && run 'damaged'
head -c $((size - 1)) asli.padan >pkh.csv && run 'cut'
cp asli.padan pkh.csv && sed -i 's/path: pkh.csv/path: pkh.csv, delimiter: ";"/' job.yaml && run 'another delimiter'
set +e
"$PADAN" index pkh.csv; echo "of an index: exit $?"
"$PADAN" index tidak.csv; echo "missing: exit $?"
"$PADAN" index --out a.padan asli.csv asli.csv; echo "two files: exit $?"
"$PADAN" index --out tidak/ada.padan asli.csv; echo "no folder: exit $?"
"$PADAN" index --delimiter ab asli.csv; echo "no delimiter: exit $?"
"$PADAN" index --encoding latin asli.csv; echo "no encoding: exit $?"
"$PADAN" index --header-row 99 asli.csv; echo "no row: exit $?"
"$PADAN" index --header-row 0 asli.csv; echo "row 0: exit $?"
"$PADAN" index --header-row 60 asli.csv; echo "not that many: exit $?"
printf '%s\n' $header "$good" 'x,y' >pkh.csv
"$PADAN" index --quiet pkh.csv; echo "broken rows: exit $?"
ls
