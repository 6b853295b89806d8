# A named pipe can be opened once: to look whether it is an index would end its writer.
mkfifo pipa
printf '%s\n' nik,nama 3201014101809001,SITI 3201010505789002,BUDI >rows
cat rows >pipa &
sleep 0.2
timeout 20 "$PADAN" check --quiet pipa | grep "rows  "
wait
