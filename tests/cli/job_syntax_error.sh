# What the parser says about the syntax is its own; the place is ours.
printf 'padan: 1\nsources: {pkh: [\n' >job.yaml
"$PADAN" run job.yaml 2>message
code=$?
grep -q '^padan run: job.yaml:[0-9]*:[0-9]*: ' message || cat message >&2
exit $code
