# Each command that --help lists has a help of its own.
for command in $("$PADAN" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
	"$PADAN" "$command" --help | grep -q "padan $command" || { echo "$command has no help" >&2; exit 9; }
	"$PADAN" help "$command" >/dev/null || exit 9
done
