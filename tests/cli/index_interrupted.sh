# Asked to end, padan index leaves nothing unfinished behind, not even of an earlier run that was killed.
mkfifo masuk.csv
echo 'sisa' >masuk.csv.padan.sementara
"$PADAN" index --quiet masuk.csv 2>message &
exec 3>masuk.csv
printf 'nik,nama\n3201014101809001,SITI\n' >&3
while [ -e masuk.csv.padan.sementara ]; do
	kill -TERM $! 2>/dev/null || break
	sleep 0.05
done
exec 3>&-
wait $!
echo "exit $?"
cat message
ls
# What another padan writes it leaves alone, and does not read first to find that out.
echo 'punya yang lain' >masuk.csv.padan.sementara
(
	flock 8
	timeout 20 "$PADAN" index --quiet masuk.csv 2>message
	echo "exit $?"
) 8<masuk.csv.padan.sementara
cat message masuk.csv.padan.sementara
