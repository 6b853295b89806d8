"$PADAN" run job.yaml --thread 2
