# The preset's decisions hold without a register: a mistyped NIK joins, twins and siblings of one name do not; a threshold
# leaves decisions out.
cat >people.csv <<'END'
unique_id,nik,no_kk,nama,tempat_lahir,tgl_lahir,jenis_kelamin,nama_ibu,alamat,rt,rw,kode_desa
typo_a,3404011203859001,3404010101109001,BAMBANG SUSILO,SLEMAN,12-03-1985,L,SUKINEM,DUSUN KRAJAN,001,002,3404012001
typo_b,3404011203859007,3404010101109001,BAMBANG SUSILO,SLEMAN,12-03-1985,L,SUKINEM,DUSUN KRAJAN,001,002,3404012001
twin_a,3404015005109001,3404010202129001,RANI LESTARI,SLEMAN,10-05-2010,P,SUMINI,DUSUN WETAN,003,001,3404012002
twin_b,3404015005109002,3404010202129001,RINI LESTARI,SLEMAN,10-05-2010,P,SUMINI,DUSUN WETAN,003,001,3404012002
sibling_a,3404012507059001,3404010303109001,ABIMANYU,SLEMAN,25-07-2005,L,PAINEM,DUSUN KULON,002,004,3404012003
sibling_b,3404011109089001,3404010303109001,ABIMANYU,SLEMAN,11-09-2008,L,PAINEM,DUSUN KULON,002,004,3404012003
END
clusters() { awk -F, 'NR > 1 { print $2, $3 }' "$1/clusters.csv" | sort; }
"$PADAN" dedupe --quiet --preset orang-indonesia --out by_decision people.csv >/dev/null || exit 9
clusters by_decision
grep -c 'decisions' by_decision/decisions.txt
"$PADAN" dedupe --quiet --preset orang-indonesia --threshold-weight 4 --out by_weight people.csv >/dev/null || exit 9
echo "by weight alone:"
clusters by_weight
