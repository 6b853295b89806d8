# With --json-log, wherever it stands, what is wrong with a command line is a line of JSON too; without it, or behind
# "--", a sentence.
ask() { "$PADAN" "$@" 2>&1 >/dev/null | sed 's/"time":"[^"]*"/"time":T/; s/"seconds":[0-9.]*/"seconds":S/'; }
ask run --json-log
ask run --thread 2 --json-log job.yaml
ask run a.yaml b.yaml --json-log
ask dedupe --json-log --threads many a.csv
ask train --json-log --precision 2 a.csv
ask index --json-log
ask run --thread 2 job.yaml
ask run --thread 2 -- --json-log
"$PADAN" run --json-log 2>/dev/null
echo "exit $?"
