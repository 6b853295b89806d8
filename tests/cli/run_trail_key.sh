# With key_file every line of the trail has a fingerprint that nobody can make without the key; without one there is none,
# and a key that is missing or too short is refused before anything is read.
. "$(dirname "$0")/data/small_job.inc"
printf 'kunci kunci kunci kunci kunci 32' >kunci.bin
printf 'key_file: kunci.bin\n' >>job.yaml
check() {
	python3 - <<'END'
import hashlib, re
key = open("kunci.bin", "rb").read()
for line in open("hasil/jejak.jsonl", "rb"):
    text, told = re.fullmatch(rb'(.*),"fingerprint":"([0-9a-f]{64})"}\n', line).groups()
    print(hashlib.blake2b(text + b"}", key=key, digest_size=32).hexdigest() == told.decode())
END
}
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
check
sed -i '1s/"user":"[^"]*"/"user":"lain"/' hasil/jejak.jsonl
check
printf 'short' >kunci.bin
"$PADAN" run --quiet job.yaml 2>&1
echo "exit $?"
rm kunci.bin
"$PADAN" run --quiet job.yaml 2>&1
echo "exit $?"
sed -i '/^key_file/d' job.yaml
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
grep -c fingerprint hasil/jejak.jsonl
