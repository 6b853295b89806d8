# Two rosters and no register. Of twins one has no number in the second roster (s1), the other an old card (s2): nothing but a
# letter of the name tells their rows apart, and their mothers are alike. They are not one for that.
cat >pkh.csv <<'X'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,rt,rw,kode_desa
p1,3319082706049001,3319081608159002,HASAN PRASETYO,KUDUS,27-06-2004,L,SRI REJEKI,006,002,3319082006
p2,3319082706049002,3319081608159002,HASIN PRASETYO,KUDUS,27-06-2004,L,SRI REJEKI,006,002,3319082006
X
cat >sembako.csv <<'X'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,rt,rw,kode_desa
s1,,3319081608159002,HASAN PRASETYO,KUDUS,27-06-2004,L,SERI REJEKI,006,002,3319082006
s2,3319082706049002,6106072608169780,HASIN PRASETYO,KUDUS,27-06-2004,L,SR REJEKI,006,002,3319082006
X
. "$(dirname "$0")/data/rosters_job.inc"
"$PADAN" run --quiet job.yaml >/dev/null 2>&1
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ print $at["unique_id_l"], $at["unique_id_r"], $at["kelas"], $at["aturan_keputusan"] }' hasil/tanpa-0001/pasangan.csv
cut -d, -f2,3 hasil/tanpa-0001/klaster.csv
