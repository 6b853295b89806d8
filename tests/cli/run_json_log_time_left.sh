# The log says how many seconds are left once that can be known. How true it is on a busy machine is no test: the last
# figure must be of the run's size, and none may be told before anything is known.
"$PADAN" generate --people 100000 --seed 5 --regime daerah --out d >/dev/null || exit 9
"$PADAN" run --json-log --threads 1 d/job.yaml 2>log >/dev/null
[ $? -le 1 ] || exit 9
sed -n 's/.*"stage":"\([a-z]*\)".*/\1/p' log
grep -q '"stage":"\(job\|ingest\)","seconds_left"' log && echo "told too early"
sed -n 's/.*"seconds":\([0-9.]*\),"stage":"reports","seconds_left":\([0-9]*\)}.*/\1 \2/p' log >left
awk '$1 < 1 || $2 * 1.0 > $1 || ($2 + 0.5) * 4 < $1 { print "cannot be: " $0 } END { if (NR != 1) print "not told" }' left
