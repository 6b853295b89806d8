"$PADAN" generate --people 1000 --layouts rapi --out d
