"$PADAN" --help >/dev/full
