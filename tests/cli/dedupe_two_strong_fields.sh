# One strong field never joins by itself under the preset: a NIK whose name and birth date contradict, a NIK with its own
# birth date or a village beside it and nothing else, a rare name; the NIK and the name together do.
cat >people.csv <<'END'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,alamat,rt,rw,kode_desa
against_a,3404011203859001,,BAMBANG SUSILO,SLEMAN,12-03-1985,L,,,,,3404012001
against_b,3404011203859001,,SRI WAHYUNI,KUDUS,01-07-1991,P,,,,,3319042003
alone_a,3404011304869002,,,,,L,,,,,
alone_b,3404011304869002,,,,,L,,,,,
date_a,3404011405879003,,,,14-05-1987,L,,,,,
date_b,3404011405879003,,,,14-05-1987,L,,,,,
rare_a,,,XAVERIUS WIRYOSUBROTO,,,L,,,,,3404012001
rare_b,,,XAVERIUS WIRYOSUBROTO,,,L,,,,,3319042003
named_a,3404011506889004,,YUSTINUS KARTODIMEDJO,,,L,,,,,
named_b,3404011506889004,,YUSTINUS KARTODIMEDJO,,,L,,,,,
END
"$PADAN" dedupe --quiet --preset orang-indonesia --out o people.csv >/dev/null || exit 9
awk -F, 'NR > 1 { print $2, $3 }' o/clusters.csv | sort
"$PADAN" dedupe --quiet --preset orang-indonesia --threshold-weight 4 --out by_weight people.csv >/dev/null || exit 9
echo "by weight alone:"
awk -F, 'NR > 1 { print $2, $3 }' by_weight/clusters.csv | sort
