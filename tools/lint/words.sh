#!/bin/sh
# Nothing of one developer's machine and no unfinished marks in what others get; no big files; a source file is one
# idea, so it has an end.
set -eu
bad=0
if git grep -nIE '/wor[k]/|/roo[t]/|/far[m]/' -- .; then
	echo "words: paths of a machine"
	bad=1
fi
if git grep -nwE 'TOD[O]|FIXM[E]' -- '*.c' '*.h' '*.sh' '*.md' Makefile; then
	echo "words: finish it, or write an issue"
	bad=1
fi
big=$(git ls-files -z | xargs -0 stat -c '%s %n' 2> /dev/null | awk '$1 > 6000000 { print $2 }')
if [ -n "$big" ]; then
	echo "words: over 6 MB:" $big
	bad=1
fi
long=$(git ls-files 'src/*.c' 'src/*.h' | xargs wc -l 2> /dev/null | awk '$2 != "total" && $1 > 600 { print $2 " (" $1 " lines)" }')
if [ -n "$long" ]; then
	echo "words: over 600 lines; is each still one idea?" $long
	bad=1
fi
exit $bad
