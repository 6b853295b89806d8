# Two columns under one header: no setting could tell them apart, so the file has to.
. "$(dirname "$0")/data/bad_input.inc"
printf '%s\n' "$header,nama" "$good,SITI" >pkh.csv
"$PADAN" check pkh.csv 2>&1 >/dev/null
echo "exit $?"
"$PADAN" run job.yaml --quiet 2>&1
echo "exit $?"
exit 0
