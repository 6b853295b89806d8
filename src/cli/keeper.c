/* SPDX-License-Identifier: MIT */
#include "cli/keeper.h"

#ifdef PADAN_JEMALLOC
#include "base/file.h"
#include "base/memory.h"
#include "cli/backing.h"
#include "cli/full_disk.h"
#include "cli/mapping.h"
#include "cli/memory_marks.h"

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
    OVERSIZE_BYTES = 8 << 20, /* jemalloc's oversize_threshold */
    HELD_BYTES_MIN = 8 << 20,
    HOLDS_MAX = 8,
    FOLDER_BYTES = 512,
    PUNCHED_BYTES_MIN = 1 << 20,
    ROOM_IN_BOUND = 4, /* of that for what is added to mapped columns */
    LOOK_NANOSECONDS = 1000000,
    YIELD_NANOSECONDS = 10000,
    PRIORITY = -10
};

static const double GIB = 1024.0 * 1024.0 * 1024.0;

/* Places of the file that stay in: [begin, end); empty ones are free. */
struct hold {
    size_t begin, end;
};

struct keeper {
    extent_hooks_t hooks;       /* first: hooks are told their own address and nothing else */
    struct pd_addresses memory; /* pieces that are never moved */
    struct pd_backing backing;
    unsigned arena_of_arrays;
    int statm;                 /* /proc/self/statm */
    char folder[FOLDER_BYTES]; /* of the file, for messages */
    size_t allowed;
    atomic_size_t held;     /* bytes; changed with `taking` */
    pthread_mutex_t taking; /* held for a step at a time */
    atomic_int n_waiting;   /* for `taking`, to free memory */
    /* whoever changes or reads these has `taking` */
    size_t hand;                 /* place where pages are taken out next */
    bool files_turn;             /* the hand has come round: mapped columns are the first of the next one */
    bool *idle;                  /* [steps] will not be needed for a while */
    size_t idle_begin, idle_end; /* steps among which there may be such */
    struct hold holds[HOLDS_MAX];
    size_t held_max;  /* bytes */
    size_t fixed_max; /* bytes that are held, and room behind mapped columns */
};

/* Chunks of parallel work can reach nothing else. Set once, before there are any. */
static struct keeper *the_keeper;

static size_t round_up(size_t value, size_t to)
{
    return (value + to - 1) / to * to;
}

/* --- the bound --- */

static struct pd_memory_marks marks_of(const struct keeper *keeper)
{
    return pd_memory_marks(keeper->allowed, atomic_load(&keeper->held));
}

static size_t resident_bytes(const struct keeper *keeper)
{
    char text[128];
    const ssize_t n = pread(keeper->statm, text, sizeof text - 1, 0);
    if (n <= 0) return 0;
    text[n] = '\0';
    char *end = text;
    (void)strtoull(text, &end, 10); /* all of the address space; what is resident stands behind it */
    return (size_t)strtoull(end, NULL, 10) * keeper->backing.page_bytes;
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

static void come_round(struct keeper *keeper)
{
    keeper->hand = 0;
    keeper->files_turn = true;
}

/* The end of what is given out behind a place; the hand jumps over what is not. false: nothing is. */
static bool find_used(struct keeper *keeper, size_t *end)
{
    const struct pd_backing *backing = &keeper->backing;
    const size_t first = (size_t)(backing->arrays.base - backing->base);
    const size_t pieces = atomic_load(&backing->pieces.used), arrays = first + atomic_load(&backing->arrays.used);
    if (keeper->hand >= arrays) come_round(keeper);
    if (keeper->hand >= pieces && keeper->hand < first) keeper->hand = first;
    if (keeper->hand >= arrays) come_round(keeper);
    *end = keeper->hand < first ? pieces : arrays;
    return keeper->hand < *end;
}

/* Of the steps that nobody needs for a while the next one; false when there is none. */
static bool find_idle(struct keeper *keeper, size_t *step)
{
    while (keeper->idle_begin < keeper->idle_end) {
        *step = keeper->idle_begin++;
        if (!keeper->idle[*step]) continue;
        keeper->idle[*step] = false;
        return true;
    }
    keeper->idle_begin = keeper->idle_end = 0;
    return false;
}

/* Takes the next pages out of the process: idle ones first. false: there are none, or the disk is full. */
static bool take_out(struct keeper *keeper)
{
    size_t begin = 0, end = 0, step = 0;
    if (find_idle(keeper, &step)) {
        begin = step * PD_BACKING_STEP;
        end = free_run(keeper, &begin, begin + PD_BACKING_STEP);
        return end <= begin || pd_backing_take_out(&keeper->backing, begin, end);
    }
    if (!find_used(keeper, &end)) return pd_mapping_take_out() || pd_mapping_take_out();
    if (keeper->files_turn && pd_mapping_take_out()) return true;
    keeper->files_turn = false;
    const size_t next = (keeper->hand / PD_BACKING_STEP + 1) * PD_BACKING_STEP;
    end = free_run(keeper, &keeper->hand, round_up(end < next ? end : next, keeper->backing.page_bytes));
    if (end <= keeper->hand) return true;
    begin = keeper->hand;
    keeper->hand = end;
    return pd_backing_take_out(&keeper->backing, begin, end);
}

/* One step, unless there is room by now; those who free memory go first. false: nothing is left to be done. */
static bool take_one(struct keeper *keeper, size_t goal)
{
    const struct timespec while_ = { 0, YIELD_NANOSECONDS };
    while (atomic_load(&keeper->n_waiting) > 0) (void)nanosleep(&while_, NULL);
    (void)pthread_mutex_lock(&keeper->taking);
    const bool goes_on = resident_bytes(keeper) > goal && take_out(keeper);
    (void)pthread_mutex_unlock(&keeper->taking);
    return goes_on;
}

/* Takes pages out when `more` bytes would bring the process over `from`, at most once round. */
static void make_room(struct keeper *keeper, size_t more, size_t from)
{
    if (resident_bytes(keeper) + more < from) return;
    const size_t n_used = atomic_load(&keeper->backing.pieces.used) + atomic_load(&keeper->backing.arrays.used);
    const size_t low = marks_of(keeper).low, goal = more < low ? low - more : 0;
    const size_t n_steps = n_used / PD_BACKING_STEP + pd_mapping_steps() + 2 + HOLDS_MAX;
    for (size_t i = n_steps; i > 0 && take_one(keeper, goal); i--) continue;
}

/* --- extents --- */

/* Makes room for bytes that are about to be used, in memory and, for pieces, on the disk at once, as a page that finds
 * none later would end the process. What cannot be moved any more must fit. */
static bool reserve(struct keeper *keeper, const char *begin, size_t size)
{
    struct pd_backing *backing = &keeper->backing;
    if (pd_addresses_have(&backing->pieces, begin) &&
        fallocate(backing->descriptor, 0, begin - backing->base, (off_t)size) != 0 && errno != EOPNOTSUPP) {
        pd_full_disk_note();
        return false;
    }
    const struct pd_memory_marks marks = marks_of(keeper);
    make_room(keeper, size < marks.low / 2 ? size : marks.low / 2, marks.high);
    if (!atomic_load(&backing->is_full) || resident_bytes(keeper) + size < keeper->allowed) return true;
    pd_full_disk_note();
    return false;
}

/* jemalloc asks for ever larger pieces of addresses, and then commits what it uses of them. */
static void *allocate_extent(extent_hooks_t *hooks, void *at, size_t size, size_t alignment, bool *zero, bool *commit,
                             unsigned arena)
{
    struct keeper *keeper = (struct keeper *)(void *)hooks;
    void *extent = NULL;
    if (arena == keeper->arena_of_arrays) {
        extent = pd_addresses_take(&keeper->backing.arrays, at, size, alignment);
    } else {
        extent = pd_addresses_take(&keeper->memory, at, size, alignment);
        if (extent == NULL) extent = pd_addresses_take(&keeper->backing.pieces, at, size, alignment);
    }
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

/* With `taking`: what is freed is neither held nor idle. */
static void forget(struct keeper *keeper, size_t begin, size_t end)
{
    for (size_t i = 0; i < HOLDS_MAX; i++) {
        struct hold *hold = &keeper->holds[i];
        if (hold->begin >= hold->end || hold->begin < begin || hold->begin >= end) continue;
        (void)atomic_fetch_sub(&keeper->held, hold->end - hold->begin);
        *hold = (struct hold){ 0, 0 };
    }
    const size_t last = round_up(end, PD_BACKING_STEP) / PD_BACKING_STEP;
    for (size_t step = begin / PD_BACKING_STEP; step < last && step < keeper->idle_end; step++)
        keeper->idle[step] = false;
}

/* Freed pages: zero when they are touched again, and of the file no longer on the disk. */
static bool give_back(struct keeper *keeper, const char *begin, size_t length)
{
    const size_t place = (size_t)(begin - keeper->backing.base);
    (void)atomic_fetch_add(&keeper->n_waiting, 1);
    (void)pthread_mutex_lock(&keeper->taking);
    forget(keeper, place, place + length);
    const bool is_done = pd_backing_give_back(&keeper->backing, place, length);
    (void)pthread_mutex_unlock(&keeper->taking);
    (void)atomic_fetch_sub(&keeper->n_waiting, 1);
    return is_done;
}

/* Small ones, which purge is asked about then, keep their room: to give it back and take it again would cost more than
 * it is. */
static bool decommit(extent_hooks_t *hooks, void *address, size_t size, size_t offset, size_t length, unsigned arena)
{
    struct keeper *keeper = (struct keeper *)(void *)hooks;
    const char *begin = (char *)address + offset;
    (void)size, (void)arena;
    if (length < PUNCHED_BYTES_MIN || !pd_backing_has(&keeper->backing, begin)) return true;
    return !give_back(keeper, begin, length);
}

static bool purge(extent_hooks_t *hooks, void *address, size_t size, size_t offset, size_t length, unsigned arena)
{
    struct keeper *keeper = (struct keeper *)(void *)hooks;
    char *begin = (char *)address + offset;
    (void)size, (void)arena;
    /* Also what the program had before there was a keeper. */
    if (!pd_backing_has(&keeper->backing, begin)) return madvise(begin, length, MADV_DONTNEED) != 0;
    return !give_back(keeper, begin, length);
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
    return pd_addresses_have(&keeper->memory, a) != pd_addresses_have(&keeper->memory, b) ||
           pd_backing_has(&keeper->backing, a) != pd_backing_has(&keeper->backing, b) ||
           pd_addresses_have(&keeper->backing.arrays, a) != pd_addresses_have(&keeper->backing.arrays, b);
}

void pd_memory_pause(void)
{
    if (the_keeper != NULL) make_room(the_keeper, 0, marks_of(the_keeper).high);
}

/* The rest of the work needs room too. */
static bool may_hold(const struct keeper *keeper, size_t bytes)
{
    const size_t held = atomic_load(&keeper->held) + bytes;
    return held <= keeper->held_max && held + pd_mapping_room() <= keeper->fixed_max;
}

/* What is held is given up when it is freed (forget). */
void pd_memory_hold(const void *memory, size_t bytes)
{
    struct keeper *keeper = the_keeper;
    if (keeper == NULL || bytes < HELD_BYTES_MIN || !pd_backing_has(&keeper->backing, memory)) return;
    const size_t page = keeper->backing.page_bytes;
    const size_t begin = (size_t)((const char *)memory - keeper->backing.base) / page * page;
    (void)pthread_mutex_lock(&keeper->taking);
    for (size_t i = 0; i < HOLDS_MAX && may_hold(keeper, bytes); i++) {
        if (keeper->holds[i].begin < keeper->holds[i].end) continue;
        keeper->holds[i] = (struct hold){ begin, round_up(begin + bytes, page) };
        (void)atomic_fetch_add(&keeper->held, keeper->holds[i].end - begin);
        break;
    }
    (void)pthread_mutex_unlock(&keeper->taking);
}

void pd_memory_idle(const void *memory, size_t bytes)
{
    struct keeper *keeper = the_keeper;
    if (keeper == NULL || !pd_backing_has(&keeper->backing, memory)) return;
    const size_t place = (size_t)((const char *)memory - keeper->backing.base);
    const size_t begin = round_up(place, PD_BACKING_STEP) / PD_BACKING_STEP, end = (place + bytes) / PD_BACKING_STEP;
    if (begin >= end) return;
    (void)pthread_mutex_lock(&keeper->taking);
    for (size_t step = begin; step < end; step++) keeper->idle[step] = true;
    if (keeper->idle_end == 0 || begin < keeper->idle_begin) keeper->idle_begin = begin;
    if (end > keeper->idle_end) keeper->idle_end = end;
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
        make_room(keeper, 0, marks_of(keeper).soon);
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

/* Addresses cost nothing: enough for inputs whose size is not known. */
static size_t addresses_for(const struct pd_memory_bound *bound)
{
    static const size_t SPREAD = 16, MORE_BYTES = (size_t)256 << 30;
    return (size_t)(bound->spill_bytes + bound->allowed_bytes) * SPREAD + MORE_BYTES;
}

static enum padan_status open_file(struct keeper *keeper, const struct pd_memory_bound *bound,
                                   struct padan_error *error)
{
    struct statfs system;
    const int descriptor = open(bound->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return refuse(keeper->folder, "none can be made there", error);
    if (fstatfs(descriptor, &system) != 0 || system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC)
        return refuse(keeper->folder, "that folder is in memory itself", error);
    const uint64_t free_bytes = (uint64_t)system.f_bavail * (uint64_t)system.f_bsize;
    if (free_bytes < bound->spill_bytes + bound->output_bytes) return refuse_full(keeper, bound, free_bytes, error);
    if (!pd_backing_make(&keeper->backing, descriptor, addresses_for(bound)))
        return refuse(keeper->folder, "memory cannot lie in it", error);
    const size_t n_steps = keeper->backing.n_bytes / PD_BACKING_STEP;
    keeper->idle = mmap(NULL, n_steps, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return keeper->idle == MAP_FAILED ? refuse(keeper->folder, "memory cannot lie in it", error) : PADAN_OK;
}

static bool set_hooks(struct keeper *keeper)
{
    /* The arena of large extents is made with the first of them. Volatile: or compilers leave both calls out. */
    void *volatile large = malloc(OVERSIZE_BYTES);
    size_t width = sizeof keeper->arena_of_arrays;
    const bool is_known =
        mallctl("arenas.lookup", &keeper->arena_of_arrays, &width, (void *)(uintptr_t)&large, sizeof large) == 0;
    free(large);
    if (!is_known) return false;
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
        if (keeper->memory.base == MAP_FAILED) keeper->memory = (struct pd_addresses){ .size = 0 };
    }
    the_keeper = keeper;
    pd_mapping_bound(keeper->allowed / ROOM_IN_BOUND);
    pd_full_disk_watch(keeper->backing.base, keeper->backing.n_bytes, keeper->folder);
    if (!set_hooks(keeper) || pthread_create(&thread, NULL, look_after, keeper) != 0)
        PD_FAIL(error, PADAN_LIMIT, "memory cannot be bounded on this system: run without --memory");
    (void)pthread_detach(thread);
    return PADAN_OK;
}

/* Once per process; what it makes lives as long as that. */
static enum padan_status keep(void *context, const struct pd_memory_bound *bound, struct padan_error *error)
{
    struct keeper *keeper = NULL;
    (void)context;
    PD_TRY(pd_allocate(&keeper, 1, sizeof *keeper, error));
    const size_t allowed = (size_t)bound->allowed_bytes;
    keeper->memory.size = round_up((size_t)bound->piece_bytes, PD_BACKING_STEP);
    keeper->allowed = allowed;
    keeper->files_turn = true;
    keeper->held_max = allowed / 8 * 5;
    keeper->fixed_max = allowed / 4 * 3;
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
