#!/bin/sh
# The manual page must be valid mdoc, and it must name the commands and options that the program has: those and no
# others. The program's option tables (src/cli) are the source.
set -eu
if command -v mandoc > /dev/null; then mandoc -Tlint -W warning man/padan.1; fi

program=$BUILD/padan
[ -x "$program" ] || exit 0
has=$(mktemp)
says=$(mktemp)
trap 'rm -f "$has" "$says"' EXIT

commands=$("$program" help | sed -n 's/^  \([a-z]*\)  .*/\1/p')
{
	echo "$commands"
	for command in $commands; do "$program" help "$command"; done | grep -oE '(^|[][ (|])--[a-z][a-z-]*' | grep -oE '[-][-][a-z-]+'
	printf '%s\n' --version --help help
} | sort -u > "$has"
{
	sed -n '/^\.Sh COMMANDS/,/^\.Ss /s/^\.It Cm \([a-z]*\).*/\1/p' man/padan.1
	sed -n '/^\.Sh COMMANDS/,/^\.Sh EXIT/p' man/padan.1 | grep '^\.It Fl' | grep -oE 'Fl -[a-z-]+' | sed 's/Fl /-/'
} | sort -u > "$says"
missing=$(comm -23 "$has" "$says")
invented=$(comm -13 "$has" "$says")
[ -z "$missing" ] || echo "manual: not in man/padan.1:" $missing
[ -z "$invented" ] || echo "manual: in man/padan.1, but not in the program:" $invented
[ -z "$missing$invented" ]
