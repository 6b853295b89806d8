# An empty --out is a mistake of the command line, not of the disk.
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" run --quiet --out "" job.yaml
