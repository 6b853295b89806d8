#!/bin/sh
# Writes a C file that holds the named files as data, and the lookup of base/embedded.h.
set -eu
cat <<'HEAD'
/* Made by tools/embed.sh. */
#include "base/embedded.h"

#include <stddef.h>
#include <string.h>
HEAD
n=0
for file in "$@"; do
	cat <<ENTRY
__asm__(".section .rodata\n.balign 16\n.hidden pd_embedded_${n}\n.global pd_embedded_${n}\npd_embedded_${n}:\n"
        ".incbin \"${file}\"\n.hidden pd_embedded_${n}_end\n.global pd_embedded_${n}_end\npd_embedded_${n}_end:\n.byte 0\n.previous\n");
extern const char pd_embedded_${n}[], pd_embedded_${n}_end[];
ENTRY
	n=$((n + 1))
done
echo 'static const struct { const char *path, *begin, *end; } files[] = {'
n=0
for file in "$@"; do
	echo "    { \"${file}\", pd_embedded_${n}, pd_embedded_${n}_end },"
	n=$((n + 1))
done
cat <<'TAIL'
    { NULL, NULL, NULL },
};

struct pd_text pd_embedded(const char *path)
{
    for (size_t i = 0; files[i].path != NULL; i++)
        if (strcmp(files[i].path, path) == 0)
            return (struct pd_text){ files[i].begin, (size_t)(files[i].end - files[i].begin) };
    return (struct pd_text){ NULL, 0 };
}

const char *pd_embedded_path(size_t n)
{
    return n < sizeof files / sizeof *files ? files[n].path : NULL;
}
TAIL
