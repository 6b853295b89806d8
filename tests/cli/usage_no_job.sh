"$PADAN" run
