# Two censuses without ages: whole families whose surname is spelt quite otherwise are found by their other members. The
# model says so and does it again, the file of pairs and explain say what it is worth, and threads change nothing. Invented
# people.
. "$(dirname "$0")/data/people.inc"
awk "$people"'
	function letter() { return substr("BDGHKLMNPRSTWY", 1 + draw(14), 1) substr("AEIOU", 1 + draw(5), 1) }
	function slip(s,  i) { i = 1 + draw(length(s)); return substr(s, 1, i - 1) substr("BDGHKLMNPRSTWY", 1 + draw(14), 1) substr(s, i + 1) }
	function row(file, source, id, family, name, initial) {
		if (draw(10) < 3) name = slip(name)
		if (draw(10) < 2) initial = ""
		print id "," family "," name "," initial "," house "," street >file
		print source "," id "," person >"truth.csv"
	}
	BEGIN {
		state = 20031
		print "id,surname,first,initial,house,street" >"a.csv"
		print "id,surname,first,initial,house,street" >"b.csv"
		print "source_dataset,unique_id,entity_id" >"truth.csv"
		for (i = 1; i <= 60; i++) road[i] = letter() letter() letter()
		for (i = 1; i <= 160; i++) given[i] = letter() letter() (draw(2) ? letter() : "")
		for (h = 1; h <= 400; h++) {
			family = letter() letter() letter()
			other = draw(2) ? family : draw(3) == 0 ? slip(family) : letter() letter() letter()
			house = 1 + draw(300); street = road[1 + draw(60)]
			n = 2 + draw(4)
			for (j = 1; j <= n; j++) {
				person++
				name = given[1 + draw(160)]; initial = draw(3) ? substr("ABCDEFGH", 1 + draw(8), 1) : ""
				if (draw(20)) row("a.csv", "a", "a" person, family, name, initial)
				if (draw(20)) row("b.csv", "b", "b" person, other, name, initial)
			}
		}
	}'
"$PADAN" link a.csv b.csv --unique-id id --quiet --threads 1 --out o >/dev/null || exit 9
grep -c '^household members  rows of a source with equal .* are a household' o/decisions.txt
"$PADAN" evaluate --truth truth.csv --link-only o | awk '/^all sources/ { print ($6 >= .99 && $7 >= .97 ? "found" : $0) }'

# Without what members say it finds fewer.
sed '/"padan_household_members"/,/\]}/d; s/"padan_columns"/&/' o/model.json >alone.json
grep -c padan_household_members o/model.json alone.json
"$PADAN" link a.csv b.csv --unique-id id --quiet --model alone.json --out alone >/dev/null || exit 9
"$PADAN" evaluate --truth truth.csv --link-only alone | awk '/^all sources/ { print ($7 < .965 ? "fewer" : $0) }'

# The model does it again; threads change nothing.
"$PADAN" link a.csv b.csv --unique-id id --quiet --model o/model.json --out again >/dev/null || exit 9
"$PADAN" link a.csv b.csv --unique-id id --quiet --threads 3 --out three >/dev/null || exit 9
for file in pairs.csv clusters.csv model.json; do
	cmp o/$file again/$file
	cmp o/$file three/$file
done

# A pair that gained: its lines sum to its weight, in the file and anew from the rows.
pair=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "mw_household_members") at = i; next }
	$at > 5 { print $3 ":" $4, $5 ":" $6, $at; exit }' o/pairs.csv)
set -- $pair
gain=$(printf %+.4f "$3")
"$PADAN" explain o "$1" "$2" | grep -c "^household_members  *$gain "
"$PADAN" explain a.csv b.csv "$1" "$2" --unique-id id --model o/model.json | grep -c "^household_members  *$gain "

# A trained model goes without, and says so.
"$PADAN" train a.csv b.csv --unique-id id --model o/model.json --out t.json 2>&1 >/dev/null | grep -c 'does without padan_household_members'
grep -c padan_household_members t.json

# A run has families of its own, and refuses such a model.
printf 'padan: 1\nname: m\nreference_date: 2026-11-23\nmodel: o/model.json\nsources:\n  a: {role: program, program: PKH, unit: person, period: 2026-T4, path: a.csv, columns: {unique_id: id, nama: first}}\n' >job.yaml
"$PADAN" run job.yaml 2>&1 | grep -c 'padan_household_members is for'
true
