# A state that is not as it was written is an alarm, whichever of its files and bytes: never a change of rows, never a
# dead night. Another model, a source less and one under another name are compared.
. "$(dirname "$0")/data/eligibility_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
sed 's|^name: contoh|name: contoh\nprevious: lama|' job.yaml >malam.yaml
night() {
	rm -rf hasil/contoh-0002
	"$PADAN" run --quiet "$@" malam.yaml >/dev/null
	code=$?
	echo "$what: exit $code, $(cat hasil/contoh-0002/perubahan.csv 2>/dev/null | wc -l) lines," \
		"$(grep -c 'nothing could be compared' hasil/contoh-0002/manifest.json)"
}
renew() { rm -rf lama && cp -R hasil/contoh-0001 lama; }
renew
what=sound && night
for file in baris.bin temuan.bin id.csv sumber.csv kriteria.csv; do
	renew && head -c 40 hasil/contoh-0001/keadaan/$file >lama/keadaan/$file && what="$file cut" && night
	size=$(wc -c <hasil/contoh-0001/keadaan/$file)
	renew && printf '\377' | dd of=lama/keadaan/$file bs=1 seek=$((size - 3)) conv=notrunc 2>/dev/null
	what="$file changed" && night
	renew && : >lama/keadaan/$file && what="$file empty" && night
done
renew && head -c -16 hasil/contoh-0001/keadaan/temuan.bin >lama/keadaan/temuan.bin && what='a finding less' && night
renew && rm lama/manifest.json && what='no manifest' && night
rm -r lama && what='no folder' && night
renew
sed -i '/^  asn:/d; s/^  pbi_jk:/  pbi_baru:/' malam.yaml
what='a source less, one renamed' && night
cut -d, -f1-6 hasil/contoh-0002/perubahan.csv
