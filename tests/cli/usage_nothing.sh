# Without a command the help goes to stderr.
"$PADAN" 2>&1 >/dev/null | grep -q '^usage: padan COMMAND' || exit 9
"$PADAN"
