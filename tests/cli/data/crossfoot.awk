# Says where the regions of a level do not sum to the nation, or a count is negative, in a table of figures by region.
#   awk -F, -v table=galat_sasaran.csv -v first=9 -v last=19 -v group="4 6" -f crossfoot.awk TABLE
# first, last: columns of counts. group: columns that tell the lines of one region apart.
BEGIN { n_group = split(group, of, " ") }
NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
{
	key = ""
	for (i = 1; i <= n_group; i++) key = key "," $of[i]
	for (i = first; i <= last; i++) {
		if ($i != "" && $i + 0 < 0) print table ": line " NR ": " name[i] " is negative"
		sum[$1 key "," name[i]] += $i
	}
}
END {
	n_levels = split("provinsi kabupaten kecamatan desa", levels, " ")
	for (line in sum) {
		if (line !~ /^nasional,/) continue
		for (l = 1; l <= n_levels; l++) {
			part = line
			sub(/^nasional/, levels[l], part)
			if (sum[part] != sum[line]) print table ": " part " is " sum[part] ", the nation " sum[line]
		}
	}
}
