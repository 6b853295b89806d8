"$PADAN" generate --people 1000 --provinces 34,99 --out d
