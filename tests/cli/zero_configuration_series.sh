# A list of papers without duplicates: those of one team share words, columns of a journal share everything. No column
# bears out what the others take for matches, so nothing is linked. Invented people.
awk 'BEGIN {
	srand(11)
	n = split("query index stream cache graph tree cube view join log lock key text page disk net rule plan cost site agent model proof set type form word map grid mesh node ring path flow wave heap sort scan hash merge split fuse probe prune rank vote bloom", word, " ")
	split("VLDB SIGMOD ICDE EDBT", venue, " ")
	print "id,title,authors,venue,year"
	for (t = 1; t <= 260; t++) {
		split("", team); names = ""
		for (a = 1; a <= 3; a++) names = names (a > 1 ? " and " : "") sprintf("%c %c%c%c%c%c", 65 + rand() * 26, 65 + rand() * 26, 97 + rand() * 26, 97 + rand() * 26, 97 + rand() * 26, 97 + rand() * 26)
		a = word[1 + int(rand() * n)]; b = word[1 + int(rand() * n)]
		for (p = 1; p <= 1 + t % 4; p++) {
			title = ""
			for (w = 1; w <= 4; w++) title = title " " word[1 + int(rand() * n)]
			printf "p%d,%s %s%s,%s,%s,%d\n", ++i, a, (p % 2 ? b : "on"), title, names, venue[1 + int(rand() * 4)], 1990 + int(rand() * 14)
		}
		if (t % 20 == 0) for (p = 1; p <= 5; p++) printf "p%d,notes of the editor on the field and its books,%s,SIGMOD,%d\n", ++i, names, 2001 + int(p / 3)
	}
}' >papers.csv
"$PADAN" dedupe papers.csv --unique-id id --quiet --out o >/dev/null || exit 9
grep -E '^(doubt|threshold)' o/decisions.txt
echo "linked rows: $(($(wc -l <o/clusters.csv) - 1 - $(cut -d, -f3 o/clusters.csv | tail -n +2 | sort -u | wc -l)))"
