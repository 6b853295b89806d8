# Slips of a job and of a file that give a clean result, and a wrong one: a roster with the path of the register, conditions
# for a program that has no roster, and a file without a header, whose first row is lost.
{
	echo nik,nama,tgl_lahir
	for day in 11 12 13 14 15; do echo "320101${day}01809001,SITI AMINAH $day,1980-01-$day"; done
} >register.csv
cat >job.yaml <<END
padan: 1
name: slips
reference_date: 2026-11-23
sources:
  dukcapil: {role: register, path: register.csv}
  pkh: {role: program, program: PKH, unit: person, period: 2026-T4, path: register.csv}
eligibility: {PIP: {decile: [1, 5]}}
END
"$PADAN" run job.yaml >run.log 2>run.told
echo "exit $?"
grep -e "same bytes" -e eligibility run.told
"$PADAN" check job.yaml 2>&1 | grep -e SAME_CONTENT -e eligibility
sed 1d register.csv >bare.csv
"$PADAN" dedupe bare.csv --out found --quiet 2>&1
echo "exit $?"
"$PADAN" check bare.csv | grep HEADER
