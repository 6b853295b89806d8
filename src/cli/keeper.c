/* SPDX-License-Identifier: MIT */
#include "cli/keeper.h"

#ifdef PADAN_JEMALLOC
#include "base/file.h"
#include "base/memory.h"
#include "cli/full_disk.h"
#include "cli/mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <jemalloc/jemalloc.h>
#include <linux/magic.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

enum {
    STEP_BYTES = 4 << 20,
    ALIGNED_BYTES = 64 << 20,
    OVERSIZE_BYTES = 8 << 20, /* jemalloc's oversize_threshold */
    HELD_BYTES_MIN = 8 << 20,
    MARGIN_BYTES = 8 << 20,
    HOLDS_MAX = 8,
    FOLDER_BYTES = 512,
    PUNCHED_BYTES_MIN = 1 << 20,
    LOOK_NANOSECONDS = 1000000,
    PRIORITY = -10
};

static const double GIB = 1024.0 * 1024.0 * 1024.0;

/* Addresses given out one after another; jemalloc keeps and reuses what is freed. */
struct region {
    char *base;
    size_t size;
    atomic_size_t used;
};

/* A part of the file that stays in: [begin, end); empty ones are free. */
struct hold {
    size_t begin, end;
};

struct keeper {
    extent_hooks_t hooks; /* first: hooks are told their own address and nothing else */
    struct region memory; /* anonymous */
    struct region file;
    int descriptor;            /* of the file */
    int statm;                 /* /proc/self/statm */
    size_t page_bytes;         /* what it counts in */
    char folder[FOLDER_BYTES]; /* of the file, for messages */
    size_t high, low;          /* resident bytes from which pages are taken out, and down to which */
    pthread_mutex_t taking;
    size_t hand;                  /* position in the file where pages are taken out next */
    struct hold holds[HOLDS_MAX]; /* whoever changes or reads them has `taking` */
    size_t held, held_max;        /* bytes */
};

/* Chunks of parallel work can reach nothing else. Set once, before there are any. */
static struct keeper *the_keeper;

/* --- addresses --- */

static uintptr_t round_up(uintptr_t value, size_t to)
{
    return (value + to - 1) / to * to;
}

/* The next size bytes of a region, at `at` when that is not NULL; NULL when they are not to be had. */
static void *take(struct region *region, void *at, size_t size, size_t alignment)
{
    size_t used = atomic_load(&region->used);
    for (;;) {
        const size_t begin = round_up((uintptr_t)region->base + used, alignment) - (uintptr_t)region->base;
        if (begin > region->size || size > region->size - begin) return NULL;
        if (at != NULL && region->base + begin != at) return NULL;
        if (atomic_compare_exchange_weak(&region->used, &used, begin + size)) return region->base + begin;
    }
}

static bool is_in(const struct region *region, const void *address)
{
    const char *byte = address;
    return byte >= region->base && byte < region->base + region->size;
}

/* --- the bound --- */

static size_t resident_bytes(const struct keeper *keeper)
{
    char text[128];
    const ssize_t n = pread(keeper->statm, text, sizeof text - 1, 0);
    if (n <= 0) return 0;
    text[n] = '\0';
    char *end = text;
    (void)strtoull(text, &end, 10); /* all of the address space; what is resident stands behind it */
    return (size_t)strtoull(end, NULL, 10) * keeper->page_bytes;
}

/* The end of the run from `begin` on of which no part is held; begin moves past what is. */
static size_t free_run(const struct keeper *keeper, size_t *begin, size_t end)
{
    for (size_t i = 0; i < HOLDS_MAX; i++)
        if (keeper->holds[i].begin <= *begin && *begin < keeper->holds[i].end) *begin = keeper->holds[i].end;
    for (size_t i = 0; i < HOLDS_MAX; i++)
        if (keeper->holds[i].begin < keeper->holds[i].end && *begin < keeper->holds[i].begin &&
            keeper->holds[i].begin < end)
            end = keeper->holds[i].begin;
    return end;
}

/* Takes the next pages of the file out of the process; false when the file is empty. */
static bool take_out(struct keeper *keeper)
{
    const size_t used = atomic_load(&keeper->file.used);
    if (used == 0) return false;
    if (keeper->hand >= used) keeper->hand = 0;
    const size_t most = used - keeper->hand < STEP_BYTES ? used : keeper->hand + STEP_BYTES;
    const size_t end = free_run(keeper, &keeper->hand, most);
    if (end <= keeper->hand) return true;
    (void)madvise(keeper->file.base + keeper->hand, end - keeper->hand, MADV_DONTNEED);
    keeper->hand = end;
    return true;
}

/* Takes pages out when `more` bytes would bring the process near its bound, at most once round; waits for a thread that
 * is at it. */
static void make_room(struct keeper *keeper, size_t more)
{
    if (resident_bytes(keeper) + more < keeper->high) return;
    (void)pthread_mutex_lock(&keeper->taking);
    const size_t n_steps = atomic_load(&keeper->file.used) / STEP_BYTES + 1;
    if (resident_bytes(keeper) + more >= keeper->high)
        for (size_t i = 0; i < n_steps && take_out(keeper); i++)
            if (resident_bytes(keeper) + more <= keeper->low) break;
    (void)pthread_mutex_unlock(&keeper->taking);
}

/* --- extents --- */

/* Makes room for bytes that are about to be used: on the disk at once, as a page that finds none later would end the
 * process, and in memory. */
static bool reserve(struct keeper *keeper, const char *begin, size_t size)
{
    const off_t place = begin - keeper->file.base;
    if (is_in(&keeper->file, begin) && fallocate(keeper->descriptor, 0, place, (off_t)size) != 0 &&
        errno != EOPNOTSUPP) {
        pd_full_disk_note();
        return false;
    }
    make_room(keeper, size < keeper->low / 2 ? size : keeper->low / 2);
    return true;
}

/* jemalloc asks for ever larger pieces of addresses, and then commits what it uses of them. */
static void *allocate_extent(extent_hooks_t *hooks, void *at, size_t size, size_t alignment, bool *zero, bool *commit,
                             unsigned arena)
{
    struct keeper *keeper = (struct keeper *)(void *)hooks;
    (void)arena;
    void *extent = take(&keeper->memory, at, size, alignment);
    if (extent == NULL) extent = take(&keeper->file, at, size, alignment);
    if (extent == NULL || (*commit && !reserve(keeper, extent, size))) return NULL;
    *zero = true;
    return extent;
}

/* --- what jemalloc does with them; true says no --- */

static bool keep_address(extent_hooks_t *hooks, void *address, size_t size, bool committed, unsigned arena)
{
    (void)hooks, (void)address, (void)size, (void)committed, (void)arena;
    return true;
}

static void leave_address(extent_hooks_t *hooks, void *address, size_t size, bool committed, unsigned arena)
{
    (void)hooks, (void)address, (void)size, (void)committed, (void)arena;
}

static bool commit(extent_hooks_t *hooks, void *address, size_t size, size_t offset, size_t length, unsigned arena)
{
    (void)size, (void)arena;
    return !reserve((struct keeper *)(void *)hooks, (const char *)address + offset, length);
}

static void give_up_holds(struct keeper *keeper, size_t begin, size_t end)
{
    (void)pthread_mutex_lock(&keeper->taking);
    for (size_t i = 0; i < HOLDS_MAX; i++) {
        struct hold *hold = &keeper->holds[i];
        if (hold->begin >= hold->end || hold->begin < begin || hold->begin >= end) continue;
        keeper->held -= hold->end - hold->begin;
        *hold = (struct hold){ 0, 0 };
    }
    (void)pthread_mutex_unlock(&keeper->taking);
}

/* Freed pages: zero when they are touched again, and of the file no longer on the disk. Small ones, which purge is
 * asked about then, keep their room: to give it back and take it again would cost more than it is. */
static bool decommit(extent_hooks_t *hooks, void *address, size_t size, size_t offset, size_t length, unsigned arena)
{
    struct keeper *keeper = (struct keeper *)(void *)hooks;
    const char *begin = (char *)address + offset;
    const off_t place = begin - keeper->file.base;
    (void)size, (void)arena;
    if (length < PUNCHED_BYTES_MIN || !is_in(&keeper->file, begin)) return true;
    give_up_holds(keeper, (size_t)place, (size_t)place + length);
    return fallocate(keeper->descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, place, (off_t)length) != 0;
}

static bool purge(extent_hooks_t *hooks, void *address, size_t size, size_t offset, size_t length, unsigned arena)
{
    struct keeper *keeper = (struct keeper *)(void *)hooks;
    char *begin = (char *)address + offset;
    (void)size, (void)arena;
    /* Also what the program had before there was a keeper. */
    if (!is_in(&keeper->file, begin)) return madvise(begin, length, MADV_DONTNEED) != 0;
    const off_t place = begin - keeper->file.base;
    give_up_holds(keeper, (size_t)place, (size_t)place + length);
    if (fallocate(keeper->descriptor, FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE, place, (off_t)length) == 0)
        return false;
    return madvise(begin, length, MADV_REMOVE) != 0;
}

static bool split(extent_hooks_t *hooks, void *address, size_t size, size_t size_a, size_t size_b, bool committed,
                  unsigned arena)
{
    (void)hooks, (void)address, (void)size, (void)size_a, (void)size_b, (void)committed, (void)arena;
    return false;
}

static bool merge(extent_hooks_t *hooks, void *a, size_t size_a, void *b, size_t size_b, bool committed, unsigned arena)
{
    const struct keeper *keeper = (struct keeper *)(void *)hooks;
    (void)size_a, (void)size_b, (void)committed, (void)arena;
    return is_in(&keeper->file, a) != is_in(&keeper->file, b);
}

void pd_memory_pause(void)
{
    if (the_keeper != NULL) make_room(the_keeper, 0);
}

/* What is held is given up when it is freed (purge). More than five eighths of the bound are not held: the rest of the
 * work needs room too. */
void pd_memory_hold(const void *memory, size_t bytes)
{
    struct keeper *keeper = the_keeper;
    if (keeper == NULL || bytes < HELD_BYTES_MIN || !is_in(&keeper->file, memory)) return;
    const size_t begin = (size_t)((const char *)memory - keeper->file.base) / keeper->page_bytes * keeper->page_bytes;
    (void)pthread_mutex_lock(&keeper->taking);
    for (size_t i = 0; i < HOLDS_MAX && keeper->held + bytes <= keeper->held_max; i++) {
        if (keeper->holds[i].begin < keeper->holds[i].end) continue;
        keeper->holds[i] = (struct hold){ begin, round_up(begin + bytes, keeper->page_bytes) };
        keeper->held += keeper->holds[i].end - begin;
        break;
    }
    (void)pthread_mutex_unlock(&keeper->taking);
}

/* Work that is no parallel loop is looked after from here. It hardly takes time, but must get it when it is due. */
static void *look_after(void *context)
{
    struct keeper *keeper = context;
    const struct timespec while_ = { 0, LOOK_NANOSECONDS };
    (void)setpriority(PRIO_PROCESS, (id_t)gettid(), PRIORITY); /* where that is allowed */
    for (;;) {
        (void)nanosleep(&while_, NULL);
        make_room(keeper, 0);
    }
    return NULL;
}

/* --- beginning --- */

/* Rounded up, so that the figure as printed is enough. */
static double in_gib(uint64_t bytes)
{
    return ceil((double)bytes / GIB * 100) / 100;
}

static enum padan_status refuse(const char *folder, const char *what, struct padan_error *error)
{
    PD_FAIL(error, PADAN_LIMIT,
            "the bound of memory needs a file in %s for what does not fit, and %s: write to another folder (--out), or "
            "allow more memory",
            folder, what);
}

static enum padan_status refuse_full(const struct keeper *keeper, const struct pd_memory_bound *bound,
                                     uint64_t free_bytes, struct padan_error *error)
{
    PD_FAIL(error, PADAN_LIMIT,
            "about %.2f GiB are needed on the disk of %s, %.2f for what does not fit into memory and %.2f for the "
            "results, and only %.2f are free: free some, write to another folder (--out), or allow more memory",
            in_gib(bound->spill_bytes + bound->output_bytes), keeper->folder, in_gib(bound->spill_bytes),
            in_gib(bound->output_bytes), (double)free_bytes / GIB);
}

static enum padan_status open_file(struct keeper *keeper, const struct pd_memory_bound *bound,
                                   struct padan_error *error)
{
    struct statfs system;
    keeper->descriptor = open(bound->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (keeper->descriptor < 0) return refuse(keeper->folder, "none can be made there", error);
    if (fstatfs(keeper->descriptor, &system) != 0 || system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC)
        return refuse(keeper->folder, "that folder is in memory itself", error);
    const uint64_t free_bytes = (uint64_t)system.f_bavail * (uint64_t)system.f_bsize;
    if (free_bytes < bound->spill_bytes + bound->output_bytes) return refuse_full(keeper, bound, free_bytes, error);
    if (ftruncate(keeper->descriptor, (off_t)keeper->file.size) != 0)
        return refuse(keeper->folder, "that file system has no files with gaps", error);
    keeper->file.base =
        mmap(NULL, keeper->file.size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, keeper->descriptor, 0);
    return keeper->file.base == MAP_FAILED ? refuse(keeper->folder, "it cannot be mapped", error) : PADAN_OK;
}

static bool set_hooks(struct keeper *keeper)
{
    /* The arena of large extents is made with the first of them. Volatile: or compilers leave both calls out. */
    void *volatile large = malloc(OVERSIZE_BYTES);
    free(large);
    extent_hooks_t *hooks = &keeper->hooks;
    unsigned n_arenas = 0;
    size_t length = sizeof n_arenas;
    if (mallctl("arenas.narenas", &n_arenas, &length, NULL, 0) != 0) return false;
    for (unsigned i = 0; i < n_arenas; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "arena.%u.extent_hooks", i);
        if (mallctl(name, NULL, NULL, &hooks, sizeof hooks) != 0) return false;
    }
    return true;
}

static enum padan_status start(struct keeper *keeper, const struct pd_memory_bound *bound, struct padan_error *error)
{
    pthread_t thread;
    keeper->hooks = (extent_hooks_t){ .alloc = allocate_extent,
                                      .dalloc = keep_address,
                                      .destroy = leave_address,
                                      .commit = commit,
                                      .decommit = decommit,
                                      .purge_forced = purge,
                                      .split = split,
                                      .merge = merge };
    /* That of the results is still under another name than it will have. */
    (void)snprintf(keeper->folder, sizeof keeper->folder, "%.*s",
                   PD_TEXT_ARGS(pd_path_directory(pd_text_of(bound->folder))));
    PD_TRY(open_file(keeper, bound, error));
    keeper->statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (keeper->statm < 0 || resident_bytes(keeper) == 0)
        PD_FAIL(error, PADAN_LIMIT, "the system does not tell how much memory is in use, so no bound can be kept");
    if (keeper->memory.size > 0) {
        keeper->memory.base =
            mmap(NULL, keeper->memory.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (keeper->memory.base == MAP_FAILED) keeper->memory = (struct region){ .size = 0 };
    }
    the_keeper = keeper;
    pd_mapping_stop();
    pd_full_disk_watch(keeper->file.base, keeper->file.size, keeper->folder);
    if (!set_hooks(keeper) || pthread_create(&thread, NULL, look_after, keeper) != 0)
        PD_FAIL(error, PADAN_LIMIT, "memory cannot be bounded on this system: run without --memory");
    (void)pthread_detach(thread);
    return PADAN_OK;
}

/* Once per process; what it makes lives as long as that. */
static enum padan_status keep(void *context, const struct pd_memory_bound *bound, struct padan_error *error)
{
    /* Addresses cost nothing: enough for inputs whose size is not known. */
    static const size_t SPREAD = 16, MORE_BYTES = (size_t)256 << 30;
    const long page_bytes = sysconf(_SC_PAGESIZE);
    struct keeper *keeper = NULL;
    (void)context;
    PD_TRY(pd_allocate(&keeper, 1, sizeof *keeper, error));
    const size_t aligned = round_up((size_t)(bound->spill_bytes + bound->allowed_bytes), ALIGNED_BYTES);
    keeper->file.size = aligned * SPREAD + MORE_BYTES;
    keeper->memory.size = round_up((size_t)bound->anonymous_bytes, STEP_BYTES);
    keeper->page_bytes = page_bytes > 0 ? (size_t)page_bytes : 4096;
    const size_t margin = (size_t)bound->allowed_bytes / 3 + MARGIN_BYTES; /* what threads touch before they are seen */
    keeper->high = bound->allowed_bytes > margin ? (size_t)bound->allowed_bytes - margin : 0;
    keeper->low = keeper->high - keeper->high / 6;
    keeper->held_max = (size_t)(bound->allowed_bytes / 8 * 5);
    keeper->taking = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    return start(keeper, bound, error);
}

struct pd_memory_keeper pd_keeper(void)
{
    return (struct pd_memory_keeper){ .keep = keep };
}

#else

struct pd_memory_keeper pd_keeper(void)
{
    return (struct pd_memory_keeper){ .keep = NULL };
}
#endif
