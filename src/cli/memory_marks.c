/* SPDX-License-Identifier: MIT */
#include "cli/memory_marks.h"

enum { MARGIN_BYTES = 8 << 20, MARGIN_BYTES_MAX = 1536 << 20, ROUND = 16 };

struct pd_memory_marks pd_memory_marks(size_t allowed, size_t held)
{
    const size_t rest = allowed - held, third = rest / 3;
    const size_t margin = (third < MARGIN_BYTES_MAX ? third : MARGIN_BYTES_MAX) + MARGIN_BYTES;
    const size_t free_bytes = rest > margin ? rest - margin : 0;
    return (struct pd_memory_marks){ .high = held + free_bytes,
                                     .soon = held + free_bytes - free_bytes / ROUND,
                                     .low = held + free_bytes - 2 * (free_bytes / ROUND) };
}
