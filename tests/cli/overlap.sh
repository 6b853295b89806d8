# Paid twice, and paid by several programs: the five classes, another tahap and a reissued payment that are none, rosters
# that share no NIK, rules by date and region; money is counted once and every table sums up.
. "$(dirname "$0")/data/overlap_job.inc"
"$PADAN" run --quiet --threads 1 job.yaml >/dev/null
echo "exit $?"
"$PADAN" run --quiet --threads 2 job.yaml >/dev/null
diff -r -q -x manifest.json -x jejak.jsonl hasil/contoh-0001 hasil/contoh-0002
cd hasil/contoh-0001 || exit 9
cut -d, -f1-5,7,9,13,15,16,24,25,29,30 ganda_dalam_program.csv
grep '^tingkat\|^nasional\|^grup' rekap_ganda.csv
cat tumpang_tindih_matriks.csv tumpang_tindih_kombinasi.csv
cut -d, -f1-7,9,14-16,18,25-29,31 tumpang_tindih_larangan.csv
cut -d, -f1,2,4,7,10-16 temuan.csv
data=$(dirname "$0")/data
awk -F, -v table=rekap_ganda.csv -v first=8 -v last=11 -v group="4 5 6 7" -f "$data/crossfoot.awk" rekap_ganda.csv
# Surplus of the groups = their rows = the findings; units of the sets = units of the programs' union and each cell.
awk -F, 'FILENAME == "rekap_ganda.csv" && $1 == "nasional" { groups += $11 }
	FILENAME == "ganda_dalam_program.csv" && FNR > 1 { rows += $NF }
	FILENAME == "temuan.csv" && $2 ~ /^GANDA/ { findings += $15 }
	END { print "surplus of groups, rows, findings:", groups, rows, findings }' rekap_ganda.csv ganda_dalam_program.csv temuan.csv
awk -F, 'FNR == 1 { next }
	FILENAME == "tumpang_tindih_kombinasi.csv" {
		n = split($3, codes, "+")
		for (i = 1; i <= n; i++) for (k = i; k <= n; k++) sets[$1 "," $2 "," codes[i] "," codes[k]] += $5
		next
	}
	{ cells[$1 "," $2 "," $3 "," $4] += $5 }
	END {
		for (cell in sets) if (cells[cell] != sets[cell]) print cell ": " cells[cell] " units, in sets " sets[cell]
		for (cell in cells) if (!(cell in sets)) print cell ": in no set"
	}' tumpang_tindih_kombinasi.csv tumpang_tindih_matriks.csv
