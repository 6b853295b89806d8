# Disks that are too small for a bounded run, small file systems in files: one that is seen to be too small is refused
# with what is needed and where; one that fills up during the work ends it with one sentence, whether room on it can be
# taken ahead (ext4) or not (ext2). Says nothing when that is so; skipped where file systems cannot be mounted.
trap 'umount ext4 ext2 2>/dev/null' EXIT
PATH=$PATH:/usr/sbin:/sbin
awk 'BEGIN {
	print "id,name,born"
	for (i = 0; i < 1500000; i++)
		printf "%d,%c%c%c%d,19%02d-%02d-%02d\n", i, 97 + i % 26, 97 + i % 23, 97 + i % 19, i % 99991, i % 97, 1 + i % 12, 1 + i % 28
}' >d.csv
cat >m.json <<'MODEL'
{"link_type": "dedupe_only", "unique_id_column_name": "id",
 "blocking_rules_to_generate_predictions": ["l.name = r.name and l.born = r.born"],
 "comparisons": [{"output_column_name": "name", "comparison_levels": [
   {"sql_condition": "name_l = name_r", "padan_weight": 20}, {"sql_condition": "ELSE", "padan_weight": -4}]}]}
MODEL
# on TYPE: on a file system of that type with 80 MB; of rows from standard input nobody knows how many there are
on() {
	truncate -s 80M "$1.img" && "mkfs.$1" -q -b 4096 "$1.img" 2>/dev/null && mkdir "$1" &&
		mount -o loop "$1.img" "$1" 2>/dev/null || { echo "skipped: no $1 can be mounted here" >&2; return; }
	"$PADAN" dedupe d.csv --model m.json --quiet --memory 80M --out "$1/known" 2>message
	[ $? -eq 4 ] || echo "$1: not refused"
	grep -q "^padan dedupe: about [0-9.]* GiB are needed on the disk of $1, [0-9.]* for .* memory and [0-9.]* for the results, and only 0.0[0-9] are free" message ||
		cat message
	"$PADAN" dedupe - --model m.json --quiet --memory 80M --out "$1/unknown" <d.csv 2>message
	[ $? -eq 4 ] || echo "$1: not ended by a full disk"
	grep -q "^padan.*: the disk of $1 " message && [ "$(grep -c . message)" -eq 1 ] || cat message
	ls -A "$1/known" "$1/unknown" 2>/dev/null
	[ "$(df --output=used -BM "$1" | tail -n 1)" = "   1M" ] || echo "$1: something is left"
}
on ext4
on ext2
