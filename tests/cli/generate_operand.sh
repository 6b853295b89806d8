"$PADAN" generate --people 1000 --out d desa
