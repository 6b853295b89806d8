"$PADAN" generate --people 1000 --provinces jabar --out d
