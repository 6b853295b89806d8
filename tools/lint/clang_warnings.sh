#!/bin/sh
# The second compiler sees other mistakes than the first; headers must compile alone.
set -eu
flags="-std=gnu11 -D_GNU_SOURCE -fopenmp -Iinclude -Isrc -fsyntax-only -Werror -Wall -Wextra -Wconversion -Wshadow
-Wstrict-prototypes -Wcast-qual -Wcast-align -Wundef -Wvla -Wwrite-strings -Wformat=2 -Wpointer-arith
-Wno-unused-command-line-argument"
ls include/*.h src/*.[ch] src/*/*.[ch] 2> /dev/null |
	xargs -P "$(nproc)" -I{} clang $flags -Wno-pragma-once-outside-header -Wno-unused-function -x c {}
