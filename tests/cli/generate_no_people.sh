"$PADAN" generate --out d
