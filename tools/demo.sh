#!/bin/sh
# Two nights in one small made-up province: generate them, reconcile both, print what was found and what changed.
# Usage: demo.sh PROGRAM FOLDER
set -eu
program=$1
folder=$2
options="--people 20000 --seed 7 --regime daerah --provinces 32,34"
limits=0

rm -rf "$folder"
mkdir -p "$folder"

# Generates and reconciles a night; the night before is $2, when there is one. The run prints its headline.
night() {
	echo "--- $1 ---"
	# shellcheck disable=SC2086
	"$program" generate $options ${2:+--previous "$folder/$2"} --out "$folder/$1"
	status=0
	"$program" run "$folder/$1/job.yaml" 2>"$folder/$1.log" || status=$?
	echo
	# 1 = done, but a limit of the job file was passed: the demo shows that too.
	[ "$status" -le 1 ] || { cat "$folder/$1.log" >&2 && exit "$status"; }
	limits=$((limits + status))
	run=$folder/$1/hasil/$(cat "$folder/$1/hasil/TERAKHIR")
}

# Prints the chosen columns of the national lines of a report. Usage: national FILE COLUMN...
national() {
	file=$1
	shift
	awk -F, -v wanted="$*" '
		NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; n = split(wanted, names, " ") }
		NR == 1 || $(column["tingkat"]) == "nasional" {
			for (i = 1; i <= n; i++) printf "%-18s", $(column[names[i]])
			print ""
		}' "$run/$file"
}

night malam-1
night malam-2 malam-1

echo "Status of every roster row against the register and the registry (malam-2):"
national rekap_padan.csv source_dataset n padan padan_sebagian tidak_ditemukan meninggal ganda_dukcapil tidak_terdaftar
echo
echo "Families in several programs at once:"
awk -F, '$1 == "KELUARGA" && $4 > 1 { print $5, $2, $3 }' "$run/tumpang_tindih_kombinasi.csv" | sort -rn | head -n 8
echo
echo "What changed since malam-1:"
awk -F, 'NR > 1 { n[$1]++ } END { for (kind in n) printf "%-18s%d\n", kind, n[kind] }' "$run/perubahan.csv" | sort
echo
echo "How right that is, measured against the generator's truth:"
"$program" evaluate --truth "$folder/malam-2/truth.csv" "$run"
echo
[ "$limits" -eq 0 ] || echo "A run ended with exit code 1: a limit of the job file was passed (see the report)."
[ ! -f "$run/laporan.html" ] || echo "$run/laporan.html"
