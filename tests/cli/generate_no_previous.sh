"$PADAN" generate --people 1000 --out d --previous kemarin
