# A file that was marked as UTF-8 twice, by two programs: its first column has its name all the same. One that was compressed
# twice is refused, and when it may be left out nothing is told of its form.
. "$(dirname "$0")/data/bad_input.inc"
bom=$(printf '\357\273\277')
printf '%s\n' "$bom$bom$header" "$good" >pkh.csv
(try)
grep -o 'nik=nik' hasil/contoh-0001/ringkasan_pemuatan.csv
gzip -c pkh.csv | gzip -c >dua.csv.gz
sed 's/path: pkh.csv/paths: [pkh.csv, dua.csv.gz], on_bad_file: skip/; s/^name.*/name: dua/' job.yaml >dua.yaml
tell run dua.yaml
grep '^dua' hasil/dua-0001/ringkasan_pemuatan.csv | cut -d, -f3-
