#!/bin/sh
# State at file level makes two linkers in one process disturb each other and threads race. Looks at what the compiler
# made, not at the text: nothing of the library may lie in .data or .bss (constant tables lie in .rodata and .data.rel.ro).
set -eu
# (.gomp_*: the compiler's own, for the critical section of base/parallel.c.)
found=$(objdump -t "$BUILD/libpadan.a" | awk '
	/file format/ { file = $1 }
	$NF !~ /^\.gomp_/ && / O (\.data|\.bss|\.data\.rel\.local|\.tbss|\.tdata|\*COM\*)[ \t]/ { print file " " $NF }')
[ -z "$found" ] && exit 0
echo "$found"
echo "no_mutable_globals: pass state as an argument"
exit 1
