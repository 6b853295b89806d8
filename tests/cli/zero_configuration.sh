# Without a model: duplicates are found, columns of the truth are left out and said, and a file without duplicates is
# left alone. Invented people.
awk 'BEGIN {
	srand(11)
	split("amber basil cedric daphne edgar fiona gilbert hester ivor jasmin kenneth lydia marvin nora oswald petra quentin rosalind stefan thelma", first, " ")
	split("ashdown birchall cromwell dunster eversley farnham gorringe hartwell inglewood jessop kettering lindfield mayhew norcott oakhurst pelling quested rotherham sandling tenterden", last, " ")
	print "id,given,family,born,zip,cluster"
	for (i = 1; i <= 400; i++) {
		a = first[int(rand() * 20) + 1]; b = last[int(rand() * 20) + 1]
		d = sprintf("%04d-%02d-%02d", 1930 + int(rand() * 70), 1 + int(rand() * 12), 1 + int(rand() * 28))
		z = sprintf("%05d", 10000 + int(rand() * 80000))
		printf "a%d,%s,%s,%s,%s,%d\n", i, a, b, d, z, i
		if (i % 4 == 0) printf "b%d,%s,%s,%s,%s,%d\n", i, a, substr(b, 1, 3) substr(b, 5), d, z, i
	}
}' >people.csv
"$PADAN" dedupe people.csv --unique-id id --json-log --out o 2>log.json >/dev/null || exit 9
grep -o '"stage":"[a-z]*"' log.json
grep '^column' o/decisions.txt | cut -d, -f1
awk -F, 'NR > 1 { n[$3]++ } END { for (c in n) sizes[n[c]]++; for (s in sizes) print "clusters of", s ":", sizes[s] }' o/clusters.csv | sort
"$PADAN" evaluate --truth people.csv --label-column cluster --unique-id id o --json 2>/dev/null | grep -o '"predicted":[0-9]*' | head -n 1

# The model that was written does the same again, and so does another number of threads.
"$PADAN" dedupe people.csv --unique-id id --quiet --model o/model.json --out again >/dev/null || exit 9
cmp o/clusters.csv again/clusters.csv
"$PADAN" dedupe people.csv --unique-id id --quiet --threads 3 --out threads >/dev/null || exit 9
cmp o/clusters.csv threads/clusters.csv && cmp o/model.json threads/model.json && cmp o/pairs.csv threads/pairs.csv

grep -v '^b' people.csv >single.csv
"$PADAN" dedupe single.csv --unique-id id --quiet --out s >/dev/null || exit 9
echo "linked rows without duplicates: $(($(wc -l <s/clusters.csv) - 1 - $(cut -d, -f3 s/clusters.csv | tail -n +2 | sort -u | wc -l)))"
