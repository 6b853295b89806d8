# A generation that fails or is ended leaves the folder as it was, an earlier generation and what a user put there; one that
# goes through replaces the former and leaves the latter. What a killed one left is removed, what another is making is not.
state() { find d -type f -exec cksum {} + | sort; }
"$PADAN" generate --people 1000 --provinces 34 --seed 1 --layouts messy --out d >/dev/null
mkdir d/hasil
echo 'milik pengguna' | tee d/hasil/catatan.txt d/pkh/catatan.txt >d/catatan.txt
state >before

echo 'full:'
(
	trap '' XFSZ
	ulimit -f 100
	"$PADAN" generate --people 3000 --provinces 34 --seed 2 --out d >/dev/null 2>message
	echo "exit $?"
)
cut -d: -f1,2 message
state | cmp - before

echo 'ended:'
"$PADAN" generate --people 300000 --seed 2 --out d >/dev/null 2>message &
while [ ! -e d/.sementara ]; do sleep 0.01; done
kill -TERM $!
wait $!
echo "exit $?"
cat message
ls -A d | grep sementara
state | cmp - before

echo 'another one:'
mkdir d/.sementara
(
	flock 8
	"$PADAN" generate --people 1000 --provinces 34 --seed 2 --out d
	echo "exit $?"
) 8<d/.sementara 2>&1
echo 'sisa' >d/.sementara/pkh.csv

echo 'whole:'
for out in d new; do "$PADAN" generate --people 1000 --provinces 34 --seed 2 --layouts messy --out $out; done
diff -r d new || true
