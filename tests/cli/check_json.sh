# The same facts for programs: one object per file, in the order given; a bad file does not hide a good one.
printf 'id_baris\tNIK\tnama\tTTL\twarna\n1\t3201014101809001\tSITI AMINAH\tBOGOR, 01-01-1980\tx\n1\t3201010505789002\tBUDI\tBOGOR, 05-05-1978\t\n' >good.tsv
printf 'nik,NIK_KTP\n1,2\n' >two.csv
"$PADAN" check --json good.tsv two.csv
