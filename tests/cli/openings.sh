# `buka_nik` opens the outputs it names and no others, its reason goes into the trail, and a name that opens nothing is 2.
. "$(dirname "$0")/data/overlap_job.inc"
cp job.yaml opened.yaml
echo 'buka_nik: {ganda_dalam_program.csv: "uji petik"}' >>opened.yaml
"$PADAN" run --quiet opened.yaml >/dev/null 2>&1
for file in hasil/contoh-0001/*.csv; do
	if cut -d, -f5-40 "$file" | grep -q '3201014203759001'; then echo "$(basename "$file") shows a NIK"; fi
done
grep -o '"buka_nik": *"[^"]*"' hasil/contoh-0001/jejak.jsonl
echo 'buka_nik: {rekap_ganda.csv: "uji petik"}' >>job.yaml
"$PADAN" run --quiet job.yaml
