#!/bin/sh
# A night in one small made-up province: generate it, reconcile it, print what was found. Usage: demo.sh PROGRAM FOLDER
set -eu
program=$1
folder=$2

rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
"$program" generate --people 20000 --seed 7 --regime daerah --provinces 34 --out "$folder"

status=0
"$program" run "$folder/job.yaml" || status=$?
# 1 = done, but a limit of the job file was passed: the demo shows that too.
[ "$status" -le 1 ] || exit "$status"
run=$folder/hasil/$(cat "$folder/hasil/TERAKHIR")

# Prints the chosen columns of the national lines of a report. Usage: national FILE COLUMN...
national() {
	file=$1
	shift
	[ -f "$run/$file" ] || return 0
	awk -F, -v wanted="$*" '
		NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; n = split(wanted, names, " ") }
		NR == 1 || $(column["tingkat"]) == "nasional" {
			for (i = 1; i <= n; i++) printf "%-18s", $(column[names[i]])
			print ""
		}' "$run/$file"
}

echo
echo "Status of every roster row against the register and the registry:"
national rekap_padan.csv source_dataset n padan padan_sebagian tidak_ditemukan meninggal ganda_dukcapil tidak_terdaftar
if [ -f "$run/rekap_ganda.csv" ]; then
	echo
	echo "Paid twice inside a program:"
	national rekap_ganda.csv program kelas keyakinan n_grup n_baris_lebih nominal_lebih
fi
echo
echo "How right that is, measured against the generator's truth:"
"$program" evaluate --truth "$folder/truth.csv" "$run"
echo
[ "$status" -eq 0 ] || echo "The run ended with exit code 1: a limit of the job file was passed (see the report)."
echo "$run/laporan.html"
