# An alias counts as a name: who is SUPARMAN ALIAS MAMAN in one roster may be MAMAN in another. What two people are called
# alike is no likeness of theirs. An alias does not keep equal rows from being equal (K1a). Made-up people.
cat >people.csv <<'END'
unique_id,nik,nama,tempat_lahir,tanggal_lahir,jenis_kelamin
a,3201011203809001,SUPARMAN ALIAS MAMAN,BOGOR,1980-03-12,L
b,3201011203809001,MAMAN,BOGOR,1980-03-12,L
c,3201011203809001,SUPARMAN (MAMAN),BOGOR,1980-03-12,L
d,3201011203809001,YUNUS al. MAMAN,BOGOR,1980-03-12,L
END
"$PADAN" dedupe --quiet --preset orang-indonesia --threshold-weight -30 --out o people.csv >/dev/null || exit 9
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ print $at["unique_id_l"], $at["unique_id_r"], $at["gamma_nama"] }' o/pairs.csv
cat >register.csv <<'END'
unique_id,nik,no_kk,nama,tempat_lahir,tanggal_lahir,jenis_kelamin
1,3201011203809001,3201011203809101,SUPARMAN,BOGOR,1980-03-12,L
END
{ echo 'unique_id,nik,nama,tempat_lahir,tanggal_lahir,jenis_kelamin,nominal'
	tail -n +2 people.csv | grep -E '^(a|c)' | sed 's/$/,600000/'
	echo 'e,3201011203809001,SUPARMAN,BOGOR,1980-03-12,L,600000'; } >pip.csv
cat >job.yaml <<'END'
padan: 1
name: alias
reference_date: 2026-11-01
out: hasil
model: orang-indonesia
sources:
  register: {role: register, path: register.csv}
  pip: {role: program, program: PIP, unit: person, period: 2026-T4, path: pip.csv}
END
"$PADAN" run --quiet job.yaml >/dev/null
[ $? -le 1 ] || exit 9
run=hasil/$(cat hasil/TERAKHIR)
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at["unique_id"], $at["vonis_nama"] }' "$run/hasil_padan.csv"
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at["kelas"], $at["unique_id"] }' "$run/ganda_dalam_program.csv"
