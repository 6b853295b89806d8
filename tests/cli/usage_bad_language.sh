"$PADAN" run job.yaml --bahasa fr
