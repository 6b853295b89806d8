# The manifest and the trail tell when a run began and when it ended, not twice the latter.
. "$(dirname "$0")/data/small_job.inc"
mv pkh.csv whole.csv
mkfifo pkh.csv
later() { sed -n 's/.*"started": *"\([^"]*\)".*"finished": *"\([^"]*\)".*/\1 \2/p' | while read -r a b; do [ "$a" != "$b" ] && echo "later"; done; }
"$PADAN" run --quiet job.yaml &
exec 3>pkh.csv
sleep 1.1
cat whole.csv >&3
exec 3>&-
wait $!
{ tr -d '\n' <hasil/contoh-0001/manifest.json && echo; } | later
later <hasil/jejak.jsonl
"$PADAN" dedupe --quiet --preset orang-indonesia pkh.csv --out d &
exec 3>pkh.csv
sleep 1.1
cat whole.csv >&3
exec 3>&-
wait $!
{ tr -d '\n' <d/manifest.json && echo; } | later
