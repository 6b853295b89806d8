# laporan.html: one file that needs no network, in both languages, without names and numbers of people; what it draws is
# held to its own sums where node is at hand (tests/page/draw.js).
draw=$(cd "$(dirname "$0")" && pwd)/../page/draw.js
. "$(dirname "$0")/data/eligibility_job.inc"
check() {
	page=hasil/contoh-000$1/laporan.html
	shift
	command -v node >/dev/null || return 0
	node "$draw" "$page" "$@" || echo "page $page cannot be drawn"
}
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
check 1 temuan tumpang_tindih galat desil status berkas tidak_ada
page=hasil/contoh-0001/laporan.html
grep -c 'html lang="id"' $page
# names and numbers of people
grep -c 'SITI\|DEWI\|KARTINI\|WULAN\|MARDI\|AHMAD\|[0-9]\{16\}' $page
# addresses outside (the name of SVG apart), and paths
grep -o '[a-z]*://[^"'"'"' ]*' $page | sort -u
grep -c "$(pwd)" $page
grep -o 'the job names no previous run' $page | sort -u
sed -i 's/^name: contoh/name: contoh\nprevious: hasil\/contoh-0001/' job.yaml
"$PADAN" run --quiet --bahasa en job.yaml >/dev/null || exit 9
grep -c 'html lang="en"' hasil/contoh-0002/laporan.html
check 2 temuan tumpang_tindih galat desil status berkas tidak_ada perubahan
# without a registry there are no errors of targeting, and the page says so
sed -i '/dtsen/d; /^previous/d' job.yaml
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
check 3 temuan tumpang_tindih status berkas tidak_ada
ls hasil/contoh-0003 | grep 'galat\|cakupan_desil'
grep -o '"[a-z_]*.csv","the job has no source of role registry"' hasil/contoh-0003/laporan.html
# a pair of programs that two rules decide is one cell of both
mkdir pasangan && cd pasangan || exit 9
. "$(dirname "$0")/data/overlap_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null
check 1 tumpang_tindih
# an alarm of a file is told in the language of the page, too
sed -i '2s/,600000,/,enam ratus,/' pkh.csv
"$PADAN" run --quiet job.yaml >/dev/null
grep -o '"file pkh.csv: [^"]*"' hasil/contoh-0002/laporan.html
check 2 tumpang_tindih
# a row with two findings and no amount counts once in the sum; a source that is gone is an alarm in the page's language, too
mkdir ../tanpa_nominal && cd ../tanpa_nominal || exit 9
. "$(dirname "$0")/data/eligibility_job.inc"
sed -i 's/,600000,/,,/' pkh.csv
sed -i 's/,32.01.01.1002,3$/,32.01.01.1002,7/' dtsen_a.csv
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
check 1 temuan
sed -i 's/^  pbi_jk:/  pbi:/; s/^name: contoh/name: contoh\nprevious: hasil\/contoh-0001\nlimits: {rows_change_percent: 10}/' job.yaml
"$PADAN" run --quiet job.yaml >/dev/null
grep -o '"all rows of source[^"]*"' hasil/contoh-0002/laporan.html
check 2 temuan
exit 0
