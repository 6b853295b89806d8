# The preset of people: columns by any of their usual names, those that are not there left out and told; slips, swapped
# names and initials are found, twins and a father and son of one name are not joined.
cat >people.csv <<'END'
unique_id,Given Name,Family-Name,DOB,Gender,Zip,E-Mail
marta_a,Marta,Lindqvist,1983-05-17,F,41250,marta.lindqvist@post.example
marta_b,Martha,Lindqvist,17/05/1983,2,41250,
swap_a,Oskar,Behrendt,1971-11-30,m,20095,
swap_b,Behrendt,Oskar,1971-11-30,1,20095,
initial_a,Ingeborg,Achterberg,1990-02-08,f,97070,i.achterberg@post.example
initial_b,I,Achterberg,1990-02-08,F,97070,i.achterberg@post.example
twin_a,Emil,Sorensen,2004-03-21,M,80331,familie@post.example
twin_b,Anton,Sorensen,2004-03-21,M,80331,familie@post.example
father,Rupert,Vandermeer,1951-09-02,M,10115,
son,Rupert,Vandermeer,1984-01-25,M,10115,
late_a,Solveig,Anderberg,1966-12-12,F,50667,solveig@post.example
late_b,Solvieg,Anderbreg,12.12.66,F,,solveig@post.example
alone,Henrik,Dahlgaard,1977-07-07,M,04109,
END
"$PADAN" dedupe --preset people --out o people.csv 2>&1 >/dev/null | grep 'no file has' || exit 9
awk -F, 'NR > 1 { print $2, $3 }' o/clusters.csv | sort
grep '^columns' o/decisions.txt
# Comparisons that no file has a column of have none in the pairs either.
head -n 1 o/pairs.csv | tr ',' '\n' | grep '^gamma_\|^mw_' | tr '\n' ' '
echo

# One file has the name in parts and another one as a whole, each under its own names.
cat >staff.csv <<'END'
unique_id,forename,last_name,date_of_birth
s1,Marta,Lindqvist,1983-05-17
s2,Henrik,Dahlgaard,1977-07-07
END
cat >members.csv <<'END'
unique_id,Name,Birthday
m1,"LINDQVIST, MARTA",17.05.1983
m2,Henrike Dahlgaard,23.04.1979
END
echo "link:"
"$PADAN" link --quiet --preset people --out l staff.csv members.csv >/dev/null || exit 9
cut -d, -f1-6 l/pairs.csv

# The written model says the same again, and a wordless file is refused.
"$PADAN" dedupe --quiet --model o/model.json --out again people.csv >/dev/null || exit 9
cmp o/pairs.csv again/pairs.csv && cmp o/clusters.csv again/clusters.csv && echo "again the same"
for t in 2 7; do
    "$PADAN" dedupe --quiet --preset people --threads $t --out t$t people.csv >/dev/null || exit 9
    cmp o/pairs.csv t$t/pairs.csv && cmp o/clusters.csv t$t/clusters.csv || echo "$t threads differ"
done
printf 'unique_id,alpha,beta\n1,x,y\n2,x,y\n' >other.csv
"$PADAN" dedupe --quiet --preset people --out n other.csv 2>&1
echo "exit $?"
