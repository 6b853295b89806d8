# What is empty is a mistake of the command line, whatever it is to name.
printf 'name\na\nb\n' >a.csv
for arguments in 'dedupe ""' 'dedupe a.csv --ignore ""' 'link a.csv "" a.csv' 'check ""' 'diff x ""' 'evaluate --truth= x'; do
	eval "\"\$PADAN\" $arguments"
	echo "exit $?"
done 2>&1
ln -s loop loop
"$PADAN" dedupe a.csv --model loop 2>&1 | tail -1
"$PADAN" dedupe a.csv --model a.csv/model.json 2>&1 | tail -1
