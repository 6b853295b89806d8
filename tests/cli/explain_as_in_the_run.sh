# What explain computes of a pair anew is what the run wrote of it: the pairs file is taken away, and the same pairs are
# asked for again. Weights of single comparisons have four decimals in a run's file and are left out.
"$PADAN" generate --people 1500 --seed 4 --regime daerah --out d >/dev/null || exit 9
"$PADAN" run --quiet d/job.yaml >/dev/null 2>&1
run=d/hasil/$(cat d/hasil/TERAKHIR)
compare() { # RUN PAIRS: levels, weight and rule of some pairs, with the file and without it
	awk -F, 'NR > 1 && NR % 700 == 2 {print $3 ":" $4 " " $5 ":" $6}' "$2" >asked.txt
	for round in file anew; do
		while read -r left right; do "$PADAN" explain "$1" "$left" "$right" --json; done <asked.txt 2>/dev/null |
			sed -e 's/.*"prior":[^,]*,//' -e 's/,"match_weight":[^}]*}/}/g' -e 's/"kept_from.*"blocking_rules":[^]]*],//' \
				-e 's/"kelas":.*"match_key"/"match_key"/' -e 's/,"dalam_klaster.*//' >$round.txt
		rm -f "$2"
	done
	cmp file.txt anew.txt && grep -c '"gamma"' anew.txt
}
compare "$run" "$run/pasangan.csv"
"$PADAN" link d/kependudukan.csv d/dtsen.csv --out o --quiet >/dev/null 2>&1
compare o o/pairs.csv
