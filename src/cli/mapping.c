/* SPDX-License-Identifier: MIT */
#include "cli/mapping.h"

#include "base/memory.h"
#include "base/status.h"
#include "cli/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FILES_MAX = 64, ARRAYS_MAX = 4096, SENTENCE_BYTES = 512, HUGE_PAGE_BYTES = 2 << 20, WAIT_NANOSECONDS = 20000 };
/* Pages that are taken out together; they belong to one array. */
enum { STEP_BYTES = HUGE_PAGE_BYTES, STEPS_MAX = 1 << 21 };

static const size_t RANGE_BYTES = (size_t)STEPS_MAX * STEP_BYTES; /* addresses cost nothing, and are not used twice */

#define CHANGED                                                                                                        \
    "an index was changed while it was read: run again, and replace an index by renaming another file to its name"

/* What was done with bad addresses before: sanitizers tell of them. */
static struct sigaction before_us;

/* A file with arrays, kept open. */
struct mapped_file {
    int descriptor;
    struct stat facts;             /* when the first array was made */
    char sentence[SENTENCE_BYTES]; /* for a handler of signals, which cannot write one */
};

struct mapped_array {
    char *begin;             /* of its steps */
    size_t bytes, from_file; /* all, and those before the room */
    size_t file;
};

/* What signal handlers and pd_free can reach. `making` is held by whoever changes it; arrays once made stay. */
static struct {
    pthread_mutex_t making;
    _Atomic(char *) base; /* of the range, NULL before there is one */
    atomic_size_t used;
    atomic_bool bounded;
    size_t room_max; /* where bounded: bytes */
    atomic_size_t room_used;
    struct mapped_file files[FILES_MAX];
    atomic_size_t n_files;
    struct mapped_array arrays[ARRAYS_MAX];
    atomic_size_t n_arrays;
    atomic_bool gone[ARRAYS_MAX];    /* freed */
    atomic_uchar written[STEPS_MAX]; /* where bounded */
    atomic_size_t taken_out;         /* 1 + the step that is being taken out, 0: none */
    size_t hand;                     /* step */
} mapping = { .making = PTHREAD_MUTEX_INITIALIZER };

static const struct mapped_array *find_array(const void *address)
{
    const char *byte = address;
    for (size_t i = atomic_load(&mapping.n_arrays); i > 0; i--) {
        const struct mapped_array *array = &mapping.arrays[i - 1];
        if (byte >= array->begin && byte < array->begin + array->bytes) return array;
    }
    return NULL;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool is_unchanged(const struct stat *before, const struct stat *now)
{
    return before->st_size == now->st_size && before->st_mtim.tv_sec == now->st_mtim.tv_sec &&
           before->st_mtim.tv_nsec == now->st_mtim.tv_nsec;
}

static bool is_any_changed(void)
{
    struct stat now;
    for (size_t i = atomic_load(&mapping.n_files); i > 0; i--) {
        const struct mapped_file *file = &mapping.files[i - 1];
        if (fstat(file->descriptor, &now) != 0 || !is_unchanged(&file->facts, &now)) return true;
    }
    return false;
}

/* ---- A file cut short, or changed ---- */

static void end_with(const char *sentence)
{
    static atomic_bool is_told;
    if (atomic_exchange(&is_told, true)) /* by another thread, which ends the program */
        for (;;) (void)pause();
    const ssize_t written = write(STDERR_FILENO, sentence, strlen(sentence));
    (void)written;
    pd_interrupt_tidy();
    _exit(padan_exit_code(PADAN_BAD_INPUT));
}

void pd_mapping_look_at_bus_error(const void *address)
{
    const struct mapped_array *array = find_array(address);
    if (array != NULL) end_with(mapping.files[array->file].sentence);
}

static void on_bus_error(int number, siginfo_t *facts, void *context)
{
    (void)context;
    pd_mapping_look_at_bus_error(facts->si_addr);
    (void)signal(number, SIG_DFL); /* not ours: it happens again, without us */
}

/* Codes of a file that was overwritten after they had been checked lead anywhere. */
static void on_bad_address(int number, siginfo_t *facts, void *context)
{
    (void)facts, (void)context;
    if (is_any_changed()) end_with("\npadan: " CHANGED "\n");
    (void)sigaction(number, &before_us, NULL); /* not ours: it happens again, without us */
}

void pd_mapping_install(void)
{
    struct sigaction action = { 0 };
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO;
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGBUS, &action, NULL);
    action.sa_sigaction = on_bad_address;
    (void)sigaction(SIGSEGV, &action, &before_us);
}

/* ---- Within a bound ---- */

void pd_mapping_bound(size_t room_bytes)
{
    mapping.room_max = room_bytes;
    atomic_store(&mapping.bounded, true);
}

size_t pd_mapping_room(void)
{
    return atomic_load(&mapping.room_used);
}

static size_t room_of(const struct mapped_array *array)
{
    return array->bytes - array->from_file;
}

/* Arrays that were made before there was a bound count too: their room stays in as well. */
static bool room_allows(size_t bytes)
{
    const size_t used = atomic_load(&mapping.room_used);
    return !atomic_load(&mapping.bounded) || bytes == 0 ||
           (used <= mapping.room_max && bytes <= mapping.room_max - used);
}

/* The part of an array that lies in a step, of what is of the file; empty when none does. */
static size_t part_in_step(const struct mapped_array *array, size_t step, char **begin)
{
    char *from = atomic_load(&mapping.base) + step * STEP_BYTES;
    const char *end = array->begin + array->from_file;
    *begin = from;
    if (from >= end) return 0;
    return (size_t)(end - from) < STEP_BYTES ? (size_t)(end - from) : STEP_BYTES;
}

/* What was noted as written before it could be written to is never taken out, whoever comes first. */
bool pd_mapping_let_write(const void *address)
{
    const struct timespec while_ = { 0, WAIT_NANOSECONDS };
    const struct mapped_array *array = find_array(address);
    if (array == NULL || !atomic_load(&mapping.bounded) || atomic_load(&mapping.gone[array - mapping.arrays]))
        return false;
    char *begin = NULL;
    const size_t step = (size_t)((const char *)address - atomic_load(&mapping.base)) / STEP_BYTES;
    const size_t length = part_in_step(array, step, &begin);
    atomic_store(&mapping.written[step], 1);
    while (atomic_load(&mapping.taken_out) == step + 1) (void)nanosleep(&while_, NULL);
    return length > 0 && mprotect(begin, length, PROT_READ | PROT_WRITE) == 0;
}

size_t pd_mapping_steps(void)
{
    return (atomic_load(&mapping.used) + STEP_BYTES - 1) / STEP_BYTES;
}

bool pd_mapping_take_out(void)
{
    const size_t step = mapping.hand;
    if (step * STEP_BYTES >= atomic_load(&mapping.used)) {
        mapping.hand = 0;
        return false;
    }
    mapping.hand++;
    const struct mapped_array *array = find_array(atomic_load(&mapping.base) + step * STEP_BYTES);
    if (array == NULL) return true;
    char *begin = NULL;
    const size_t length = part_in_step(array, step, &begin);
    atomic_store(&mapping.taken_out, step + 1);
    if (length > 0 && atomic_load(&mapping.written[step]) == 0) (void)madvise(begin, length, MADV_DONTNEED);
    atomic_store(&mapping.taken_out, 0);
    return true;
}

/* ---- Arrays ---- */

/* Index of the file, FILES_MAX when it cannot be remembered. */
static size_t remember_file(int descriptor, const char *path)
{
    struct stat facts;
    if (fstat(descriptor, &facts) != 0) return FILES_MAX;
    const size_t n = atomic_load(&mapping.n_files);
    for (size_t i = 0; i < n; i++)
        if (is_same_file(&mapping.files[i].facts, &facts) && is_unchanged(&mapping.files[i].facts, &facts)) return i;
    if (n == FILES_MAX) return FILES_MAX;
    struct mapped_file *file = &mapping.files[n];
    file->descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (file->descriptor < 0) return FILES_MAX;
    file->facts = facts;
    (void)snprintf(file->sentence, sizeof file->sentence - 1,
                   "\npadan: %.400s: became shorter while it was read; make it again, and replace it by renaming",
                   path);
    strcat(file->sentence, "\n");
    atomic_store(&mapping.n_files, n + 1);
    return n;
}

/* Addresses for the pages of an array, NULL when there are none. */
static char *take_addresses(size_t bytes)
{
    if (atomic_load(&mapping.base) == NULL) {
        char *range =
            mmap(NULL, RANGE_BYTES + STEP_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (range == MAP_FAILED) return NULL;
        atomic_store(&mapping.base, range + (STEP_BYTES - (uintptr_t)range % STEP_BYTES) % STEP_BYTES);
    }
    const size_t used = atomic_load(&mapping.used);
    const size_t begin = (used + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
    if (bytes > RANGE_BYTES - begin) return NULL;
    atomic_store(&mapping.used, begin + bytes);
    return atomic_load(&mapping.base) + begin;
}

/* Addresses lie to the file's places as huge pages do: the system then reads 2 MB at once, which is three times as fast
 * from a disk, and shows them as one page. Before the array's own pages there are none. */
static bool map_pages(const struct pd_memory_part *part, char *begin, size_t lead, size_t from_file, size_t bytes)
{
    const int access = atomic_load(&mapping.bounded) ? PROT_READ : PROT_READ | PROT_WRITE;
    const uint64_t place = part->offset - part->offset % STEP_BYTES + lead;
    if (mmap(begin + lead, from_file - lead, access, MAP_PRIVATE | MAP_FIXED, part->descriptor, (off_t)place) ==
        MAP_FAILED)
        return false;
    (void)madvise(begin + lead, from_file - lead, MADV_HUGEPAGE);
    if (bytes == from_file) return true;
    if (mmap(begin + from_file, bytes - from_file, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) == MAP_FAILED) {
        (void)mmap(begin, from_file, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
        return false;
    }
    (void)madvise(begin + from_file, bytes - from_file, MADV_HUGEPAGE);
    return true;
}

/* The last bytes of a part, which share a page with what comes next in the file, into a page of the room: behind them
 * there are zeros. */
static bool read_tail(const struct pd_memory_part *part, char *to, size_t length)
{
    const uint64_t offset = part->offset + part->length - length;
    for (size_t done = 0; done < length;) {
        const ssize_t now = pread(part->descriptor, to + done, length - done, (off_t)(offset + done));
        if (now < 0 && errno == EINTR) continue;
        if (now <= 0) return false;
        done += (size_t)now;
    }
    return true;
}

static void *make_array(const struct pd_memory_part *part, size_t page)
{
    const size_t before = (size_t)(part->offset % STEP_BYTES);
    const size_t lead = before / page * page;
    const size_t end = before + part->length;
    const size_t tail = part->room == 0 ? 0 : end % page;
    const size_t from_file = tail > 0 ? end - tail : (end + page - 1) / page * page;
    const size_t bytes = (before + part->length + part->room + page - 1) / page * page;
    const size_t n = atomic_load(&mapping.n_arrays);
    if (from_file <= lead) return NULL;
    if (!room_allows(bytes - from_file)) return NULL;
    const size_t file = n < ARRAYS_MAX ? remember_file(part->descriptor, part->path) : FILES_MAX;
    char *begin = file < FILES_MAX ? take_addresses(bytes) : NULL;
    if (begin == NULL || !map_pages(part, begin, lead, from_file, bytes)) return NULL;
    if (!read_tail(part, begin + from_file, tail)) {
        (void)mmap(begin, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
        return NULL;
    }
    (void)atomic_fetch_add(&mapping.room_used, bytes - from_file);
    mapping.arrays[n] = (struct mapped_array){ begin, bytes, from_file, file };
    atomic_store(&mapping.n_arrays, n + 1);
    return begin + before;
}

void *pd_memory_map(const struct pd_memory_part *part)
{
    const long page = sysconf(_SC_PAGESIZE);
    void *array = NULL;
    if (page <= 0 || part->length == 0) return NULL;
    (void)pthread_mutex_lock(&mapping.making);
    array = make_array(part, (size_t)page);
    (void)pthread_mutex_unlock(&mapping.making);
    return array;
}

bool pd_memory_unmap(const void *memory)
{
    const char *base = atomic_load(&mapping.base);
    const char *byte = memory;
    if (base == NULL || byte < base || byte >= base + RANGE_BYTES) return false;
    const struct mapped_array *array = find_array(memory);
    if (array == NULL) return true;
    atomic_store(&mapping.gone[array - mapping.arrays], true);
    (void)mmap(array->begin, array->bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
    (void)atomic_fetch_sub(&mapping.room_used, room_of(array));
    return true;
}

bool pd_memory_is_mapped(const void *memory)
{
    const char *base = atomic_load(&mapping.base);
    const char *byte = memory;
    return base != NULL && byte >= base && byte < base + RANGE_BYTES;
}

enum padan_status pd_memory_check_mapped(struct padan_error *error)
{
    (void)pthread_mutex_lock(&mapping.making);
    const bool is_changed = is_any_changed();
    (void)pthread_mutex_unlock(&mapping.making);
    if (!is_changed) return PADAN_OK;
    PD_FAIL(error, PADAN_BAD_INPUT, CHANGED);
}
