# Who was paid that should not be, and the errors of targeting: deaths, a change of payee, versions of the registry, a
# condition, a disqualifier, quotas; every table sums up.
. "$(dirname "$0")/data/eligibility_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
cd hasil/contoh-0001 || exit 9
cut -d, -f3,6,7,8,10-15,17,18,20,22,23 penerima_tidak_layak.csv
grep '^tingkat\|^nasional\|^kecamatan' galat_sasaran.csv | cut -d, -f1,2,4-31
grep '^nasional' cakupan_desil.csv | cut -d, -f4-14
cut -d, -f3-12 cakupan_keluarga.csv
# the registry as it was in force: JOKO had decile 7 in the third quarter and has 2
cut -d, -f2,6,30-33 hasil_padan.csv | grep '^pkh\|^dtsen_b.*:[67],'
data=$(dirname "$0")/data
awk -F, -v table=galat_sasaran.csv -v first=12 -v last=19 -v group="4 6" -f "$data/crossfoot.awk" galat_sasaran.csv
awk -F, -v table=cakupan_desil.csv -v first=9 -v last=10 -v group="4 6 8" -f "$data/crossfoot.awk" cakupan_desil.csv
awk -F, 'NR > 1 && $13 != $14 + $15 + $16 + $17 + $18 { print "line " NR ": the states do not sum to penerima" }
	NR > 1 && $10 != $14 + $19 { print "line " NR ": sasaran is not reached + missed" }' galat_sasaran.csv
