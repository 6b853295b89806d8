# What a killed run left is removed and told; the number is free again.
. "$(dirname "$0")/data/small_job.inc"
mkdir -p hasil/.contoh-0001.sementara/keadaan
echo x >hasil/.contoh-0001.sementara/keadaan/x
"$PADAN" run job.yaml 2>message | tail -n 1 | sed "s|.*/hasil/|hasil/|"
ls -A hasil
grep -v ' s  ' message
