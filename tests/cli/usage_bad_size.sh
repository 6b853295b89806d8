"$PADAN" run job.yaml --memory 8Q
