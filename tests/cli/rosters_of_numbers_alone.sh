# Three rosters and no register: what a number alone does not say. A NIK that lost a digit of its serial is as near to one
# twin's as to the other's, so t1 may be HUSEN or a brother of his; the one of t3 lost a digit of the village, and is hers. An
# equal number is somebody else's where the whole name and the date differ, if the mother bears a common name: n1 and n2 are
# neighbours on a list. A number without name, date or card says nothing of whose it is: x1 has only that of x2, and x3
# his card too.
cat >pkh.csv <<'X'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,kode_desa
t1,330201200210900,3302011203159002,HASAN BASRI,BANYUMAS,20-02-2010,L,SUMYATI,3302012001
t3,332014604129004,3302011203159003,NISA,BANYUMAS,06-04-2012,P,RITA,3302012001
n1,3302010107979006,3302010104139003,KISSO,BANYUMAS,01-07-1997,L,SITNI,3302012001
x1,3302019999999308,3302011203159004,,BANYUMAS,,L,,3302012001
x3,3302011407759009,3302011203159005,,BANYUMAS,,L,,3302012001
X
cat >sembako.csv <<'X'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,kode_desa
t2,3302012002109002,3302011203159002,HUSEN BASRI,BANYUMAS,20-02-2010,L,SUMYATI,3302012001
t4,3302014604129004,3302011203159003,NISSY,BANYUMAS,06-04-2012,P,RITA,3302012001
n2,3302010107979006,3302011005249002,SUMADI,BANYUMAS,01-07-1990,L,SITNI,3302012001
x2,3302019999999308,3302011203159014,WIDODO,BANYUMAS,15-11-1983,L,,3302012001
x4,3302011407759009,3302011203159005,SUPARMAN,BANYUMAS,14-07-1975,L,,3302012001
X
. "$(dirname "$0")/data/rosters_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null 2>&1
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ print $at["unique_id_l"], $at["unique_id_r"], $at["kelas"], $at["aturan_keputusan"] }' hasil/tanpa-0001/pasangan.csv | sort
