"$PADAN" generate --people 12 --out d; code=$?; ls; exit $code
