"$PADAN" run a.yaml b.yaml
