"$PADAN" generate --people 1000
