# A bound that cannot be kept is refused with the figure that would do; one that can is told. Nothing is written before.
. "$(dirname "$0")/data/small_job.inc"
"$PADAN" run --quiet --memory 1M job.yaml
code=$?
[ ! -e hasil ] || [ -z "$(ls -A hasil)" ] || echo "something was written"
echo 'memory: 2M' >>job.yaml
"$PADAN" run --quiet job.yaml
[ $? -eq 4 ] || echo "the job's bound is not kept"
"$PADAN" run --memory 4G job.yaml 2>&1 >/dev/null | sed -n 's/.*\(about .* rows; needs about\) .* of the \(4.00 GiB allowed\).*/\1 of the \2/p'
exit $code
