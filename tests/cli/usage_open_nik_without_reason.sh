"$PADAN" run job.yaml --buka-nik " "
