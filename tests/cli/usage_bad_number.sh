"$PADAN" run job.yaml --threads=two
