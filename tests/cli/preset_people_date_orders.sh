# Dates that can be read both ways go by the other dates of their file: with the month first, the day first, both or
# neither; two files of different orders are linked.
names='unique_id,forename,last_name,dob'
cat >us.csv <<END
$names
u1,Marta,Lindqvist,03/04/1990
u2,Henrik,Dahlgaard,12/25/1990
u3,Solveig,Anderberg,11/30/1985
u4,Oskar,Behrendt,1-2-77
END
cat >uk.csv <<END
$names
k1,Marta,Lindqvist,04/03/1990
k2,Henrik,Dahlgaard,25/12/1990
k3,Oskar,Behrendt,02/01/1977
END
cat >iso.csv <<END
$names
i1,Marta,Lindqvist,1990-03-04
i2,Oskar,Behrendt,1977-01-02
END
cat >neither.csv <<END
$names
n1,Marta,Lindqvist,04/03/1990
n2,Oskar,Behrendt,02/01/1977
END
(cat us.csv; tail -n +2 uk.csv) >both.csv
linked() {
    "$PADAN" link --preset people --out "$1-$2" "$1.csv" "$2.csv" 2>&1 >/dev/null | grep 'birth_date .*(dates'
    grep '^dates' "$1-$2/decisions.txt"
    cut -d, -f4,6- "$1-$2/pairs.csv" | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "gamma_birth_date") at = i; next }
        { print $1, $2, "level", $at }'
}
for other in uk iso neither both; do
    echo "us and $other:"
    linked us $other
done
echo "neither and iso:"
linked neither iso
for t in 2 7; do
    "$PADAN" link --quiet --preset people --threads $t --out t$t us.csv uk.csv >/dev/null || exit 9
    cmp us-uk/pairs.csv t$t/pairs.csv
done

# Lists of one file go by themselves; one none of whose dates tells, by the whole file.
awk -F, 'NR == 1 { print $0 ",list"; next } { print $0 ",us" }' us.csv >lists.csv
tail -q -n +2 neither.csv | sed 's/$/,neither/' >>lists.csv
echo "us and neither in one file:"
"$PADAN" dedupe --preset people --source-column list --out lists lists.csv 2>&1 >/dev/null | grep 'birth_date .*(dates'
tail -q -n +2 uk.csv | sed 's/$/,uk/' >>lists.csv
echo "us, neither and uk in one file:"
"$PADAN" dedupe --preset people --source-column list --out lists lists.csv 2>&1 >/dev/null | grep 'birth_date .*(dates'

# The key is of the model: it is written, trained with, and refused where it can do nothing.
"$PADAN" link --quiet --model us-uk/model.json --out again us.csv uk.csv >/dev/null || exit 9
cmp us-uk/pairs.csv again/pairs.csv && cmp us-uk/model.json again/model.json && echo "again the same"
refused() {
    sed "s/\"padan_dates\": .*\],/\"padan_dates\": $2,/" us-uk/model.json >"$1.json"
    "$PADAN" link --quiet --model "$1.json" --out n us.csv uk.csv 2>&1
    echo "exit $?"
}
refused unread '["birthdate"]'
refused no_list '"birth_date"'
refused nested '[["birth_date"]]'
exit 0
