"$PADAN" generate --people 1000 --regime kota --out d
