# Pairs that came or went because one of their rows did are told apart from those that are judged otherwise.
. "$(dirname "$0")/data/small_job.inc"
awk '{ print (NR == 1 ? "unique_id" : "r" NR) "," $0 }' pkh.csv >with_ids.csv && mv with_ids.csv pkh.csv
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
sed -i '/SITI AMINAH/d; s/3201016507909004.*DEWI LESTARY,SUKABUMI,1990-07-25/,,YOHANA WENDA,WAMENA,1961-02-03/' pkh.csv
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
"$PADAN" diff hasil/contoh-0001 hasil/contoh-0002 | sed -n '/pairs files/,$p'
"$PADAN" diff hasil/contoh-0002 hasil/contoh-0001 | sed -n '/^absent/p'
"$PADAN" diff hasil/contoh-0001 hasil/contoh-0002 --json | grep -o '{"from":"certain","to":"absent"[^}]*}'
