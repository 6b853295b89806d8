# Files of another kind under the name of a CSV: which kind, and what to do. A PDF begins as a text does, and was read as one.
try() {
	printf "$1" >rows.csv
	"$PADAN" dedupe rows.csv --out found --quiet 2>&1
	echo "exit $?"
}
try '%%PDF-1.7\n1 0 obj\n<<>>\nendobj\n2 0 obj\n<<>>\nendobj\n'
try 'PAR1\025\004\025\020\025\024'
try 'ARROW1\000\000\377\377\377\377'
try 'SQLite format 3\000\020\000\001\001'
try 'BZh91AY&SY\001\002\003\004'
try '\3757zXZ\000\000\004'
try 'PAR1,BZh\nANI,SOLO\n' # names of columns
try '\177ELF\002\001\001\000\000\000\000\000\003\000\076\000\001\000\000\000'
mkdir from
cp rows.csv from/rows.csv
"$PADAN" dedupe from/rows.csv --out found --quiet 2>&1 # which of two files of one name
echo "exit $?"
