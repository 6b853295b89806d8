"$PADAN" run job.yaml --threads
