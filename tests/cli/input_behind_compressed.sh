# Bytes behind compressed data that are none may be a damaged part with rows of its own: not read over silently.
. "$(dirname "$0")/data/bad_input.inc"
{ echo "$header"; echo "$good"; } | gzip -n >pkh.csv
{ echo "$good" | gzip -n; } | tail -c +2 >>pkh.csv
try
