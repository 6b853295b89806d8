"$PADAN" run job.yaml
