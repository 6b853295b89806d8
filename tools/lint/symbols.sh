#!/bin/sh
# A C library shares one name space with its caller: every global begins with padan_ or pd_, and the shared library
# shows only padan_. (.gomp_*: the compiler's own, and no name of C.)
set -eu
bad=0
found=$(nm -g --defined-only "$BUILD/libpadan.a" 2> /dev/null | awk 'NF == 3 && $3 !~ /^(padan_|pd_|\.gomp_)/ { print $3 }')
if [ -n "$found" ]; then
	echo "symbols: without a prefix in libpadan.a:" $found
	bad=1
fi
found=$(nm -D --defined-only "$BUILD/libpadan.so" | awk '$3 !~ /^(padan_|\.gomp_)/ && $3 !~ /^_(init|fini)$/ { print $3 }')
if [ -n "$found" ]; then
	echo "symbols: visible in libpadan.so but not public:" $found
	bad=1
fi
exit $bad
