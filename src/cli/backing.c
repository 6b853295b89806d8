/* SPDX-License-Identifier: MIT */
#include "cli/backing.h"

#include "base/memory.h"
#include "cli/full_disk.h"
#include "cli/mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { ALIGNED_BYTES = 2 << 20, WAIT_NANOSECONDS = 20000, PAGES_IN_STEP_MAX = PD_BACKING_STEP / 4096 };

/* What of an array's step lies in the file. */
enum step_state { STEP_NONE, STEP_SOME, STEP_ALL };

/* /proc/self/pagemap, a word per page (admin-guide/mm/pagemap.rst): in memory, swapped, of a file. */
static const uint64_t PRESENT = UINT64_C(1) << 63, SWAPPED = UINT64_C(1) << 62, OF_FILE = UINT64_C(1) << 61;

/* A handler of signals can reach nothing else. Set once. */
static struct pd_backing *the_backing;
static struct sigaction before_us;

/* --- addresses --- */

static size_t round_up(uintptr_t value, size_t to)
{
    return (size_t)((value + to - 1) / to * to);
}

void *pd_addresses_take(struct pd_addresses *addresses, void *at, size_t size, size_t alignment)
{
    size_t used = atomic_load(&addresses->used);
    for (;;) {
        const size_t begin = round_up((uintptr_t)addresses->base + used, alignment) - (uintptr_t)addresses->base;
        if (begin > addresses->size || size > addresses->size - begin) return NULL;
        if (at != NULL && addresses->base + begin != at) return NULL;
        if (atomic_compare_exchange_weak(&addresses->used, &used, begin + size)) return addresses->base + begin;
    }
}

bool pd_addresses_have(const struct pd_addresses *addresses, const void *address)
{
    const char *byte = address;
    return byte >= addresses->base && byte < addresses->base + addresses->size;
}

bool pd_backing_has(const struct pd_backing *backing, const void *address)
{
    const char *byte = address;
    return byte >= backing->base && byte < backing->base + backing->n_bytes;
}

/* --- writers wait --- */

static bool is_moving(const struct pd_backing *backing, const void *address)
{
    const size_t place = (size_t)((const char *)address - backing->base);
    return place >= atomic_load(&backing->moving_begin) && place < atomic_load(&backing->moving_end);
}

static void wait_for_move(const struct pd_backing *backing, const void *address)
{
    const struct timespec while_ = { 0, WAIT_NANOSECONDS };
    while (is_moving(backing, address)) (void)nanosleep(&while_, NULL);
}

/* Arrays can be written to at all times but while they are moved: when that is over, it is tried again. */
static void on_refused_write(int number, siginfo_t *facts, void *context)
{
    const int number_before = errno;
    (void)context;
    if (pd_addresses_have(&the_backing->arrays, facts->si_addr))
        wait_for_move(the_backing, facts->si_addr);
    else if (!pd_mapping_let_write(facts->si_addr))
        (void)sigaction(number, &before_us, NULL); /* not ours: it happens again, without us */
    errno = number_before;
}

bool pd_memory_settle(const void *memory)
{
    if (the_backing == NULL) return false;
    if (!pd_addresses_have(&the_backing->arrays, memory)) return pd_mapping_let_write(memory);
    wait_for_move(the_backing, memory);
    return true;
}

/* --- moving --- */

/* Whether the pages of a step could be asked about; words [n_pages]. */
static bool ask(const struct pd_backing *backing, size_t begin, size_t n_pages, uint64_t *words)
{
    const off_t at = (off_t)((uintptr_t)(backing->base + begin) / backing->page_bytes * sizeof *words);
    return pread(backing->pagemap, words, n_pages * sizeof *words, at) == (ssize_t)(n_pages * sizeof *words);
}

static bool is_memory(uint64_t word)
{
    return (word & (PRESENT | SWAPPED)) != 0 && (word & OF_FILE) == 0;
}

static bool write_all(const struct pd_backing *backing, size_t begin, size_t end)
{
    while (begin < end) {
        const ssize_t now = pwrite(backing->descriptor, backing->base + begin, end - begin, (off_t)begin);
        if (now < 0 && errno == EINTR) continue;
        if (now <= 0) return false;
        begin += (size_t)now;
    }
    return true;
}

/* What is memory goes to the file, which has the rest already, or zeros. */
static bool write_memory(const struct pd_backing *backing, size_t begin, size_t n_pages)
{
    uint64_t words[PAGES_IN_STEP_MAX];
    const size_t page = backing->page_bytes;
    if (!ask(backing, begin, n_pages, words)) return false;
    for (size_t i = 0; i < n_pages;) {
        size_t end = i;
        while (end < n_pages && is_memory(words[end])) end++;
        if (end > i && !write_all(backing, begin + i * page, begin + end * page)) return false;
        i = end > i ? end : i + 1;
    }
    return true;
}

static bool is_any_in(const struct pd_backing *backing, size_t begin, size_t n_pages)
{
    uint64_t words[PAGES_IN_STEP_MAX];
    if (!ask(backing, begin, n_pages, words)) return true;
    for (size_t i = 0; i < n_pages; i++)
        if ((words[i] & (PRESENT | SWAPPED)) != 0) return true;
    return false;
}

/* Room on the disk for the whole step, as a page that finds none later would end the process. */
static bool copy_out(const struct pd_backing *backing, size_t begin, size_t end)
{
    if (fallocate(backing->descriptor, 0, (off_t)begin, (off_t)(end - begin)) != 0 && errno != EOPNOTSUPP) return false;
    if (!write_memory(backing, begin, (end - begin) / backing->page_bytes)) return false;
    return mmap(backing->base + begin, end - begin, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, backing->descriptor,
                (off_t)begin) != MAP_FAILED;
}

static bool move(struct pd_backing *backing, size_t begin, size_t end)
{
    char *memory = backing->base + begin;
    atomic_store(&backing->moving_begin, begin);
    atomic_store(&backing->moving_end, end);
    bool done = mprotect(memory, end - begin, PROT_READ) == 0;
    if (done && !copy_out(backing, begin, end)) {
        done = false;
        (void)mprotect(memory, end - begin, PROT_READ | PROT_WRITE);
    }
    if (done) (void)madvise(memory, end - begin, MADV_HUGEPAGE);
    atomic_store(&backing->moving_end, 0);
    return done;
}

bool pd_backing_take_out(struct pd_backing *backing, size_t begin, size_t end)
{
    const size_t step = begin / PD_BACKING_STEP;
    const bool is_whole = begin % PD_BACKING_STEP == 0 && end - begin == PD_BACKING_STEP;
    if (pd_addresses_have(&backing->pieces, backing->base + begin) || atomic_load(&backing->steps[step]) == STEP_ALL) {
        (void)madvise(backing->base + begin, end - begin, MADV_DONTNEED);
        return true;
    }
    if (!is_any_in(backing, begin, (end - begin) / backing->page_bytes)) return true;
    if (atomic_load(&backing->is_full)) return false;
    if (!move(backing, begin, end)) {
        atomic_store(&backing->is_full, true);
        pd_full_disk_note();
        return false;
    }
    atomic_store(&backing->steps[step], is_whole ? STEP_ALL : STEP_SOME);
    return true;
}

/* --- giving back --- */

static bool give_back_pieces(const struct pd_backing *backing, size_t begin, size_t length)
{
    if (fallocate(backing->descriptor, FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE, (off_t)begin, (off_t)length) == 0)
        return true;
    return madvise(backing->base + begin, length, MADV_REMOVE) == 0;
}

/* Whether any of it is in the file; notes that it will not be. */
static bool forget_steps(struct pd_backing *backing, size_t begin, size_t end)
{
    bool was_in_file = false;
    for (size_t step = begin / PD_BACKING_STEP; step * PD_BACKING_STEP < end; step++) {
        const bool is_whole = step * PD_BACKING_STEP >= begin && (step + 1) * PD_BACKING_STEP <= end;
        if (atomic_load(&backing->steps[step]) == STEP_NONE) continue;
        was_in_file = true;
        atomic_store(&backing->steps[step], is_whole ? STEP_NONE : STEP_SOME);
    }
    return was_in_file;
}

bool pd_backing_give_back(struct pd_backing *backing, size_t begin, size_t length)
{
    char *memory = backing->base + begin;
    if (pd_addresses_have(&backing->pieces, memory)) return give_back_pieces(backing, begin, length);
    if (!forget_steps(backing, begin, begin + length)) return madvise(memory, length, MADV_DONTNEED) == 0;
    if (mmap(memory, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) ==
        MAP_FAILED)
        return false;
    (void)madvise(memory, length, MADV_HUGEPAGE);
    return fallocate(backing->descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)begin, (off_t)length) == 0;
}

/* --- beginning --- */

static bool catch_writes(struct pd_backing *backing)
{
    struct sigaction action = { 0 };
    the_backing = backing;
    action.sa_sigaction = on_refused_write;
    action.sa_flags = SA_SIGINFO;
    (void)sigemptyset(&action.sa_mask);
    return sigaction(SIGSEGV, &action, &before_us) == 0;
}

static bool map_all(struct pd_backing *backing, size_t n_bytes)
{
    const size_t n_each = round_up(n_bytes, PD_BACKING_STEP);
    char *all = mmap(NULL, 2 * n_each + ALIGNED_BYTES, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (all == MAP_FAILED) return false;
    all += round_up((uintptr_t)all, ALIGNED_BYTES) - (uintptr_t)all;
    backing->base = all;
    backing->n_bytes = 2 * n_each;
    backing->pieces = (struct pd_addresses){ .base = all, .size = n_each };
    backing->arrays = (struct pd_addresses){ .base = all + n_each, .size = n_each };
    (void)madvise(backing->arrays.base, n_each, MADV_HUGEPAGE);
    return ftruncate(backing->descriptor, (off_t)backing->n_bytes) == 0 &&
           mmap(all, n_each, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE | MAP_FIXED, backing->descriptor, 0) !=
               MAP_FAILED;
}

bool pd_backing_make(struct pd_backing *backing, int descriptor, size_t n_bytes)
{
    const long page_bytes = sysconf(_SC_PAGESIZE);
    *backing =
        (struct pd_backing){ .descriptor = descriptor, .page_bytes = page_bytes > 0 ? (size_t)page_bytes : 4096 };
    backing->pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    if (backing->pagemap < 0 || backing->page_bytes < 4096 || !map_all(backing, n_bytes)) return false;
    const size_t n_steps = backing->n_bytes / PD_BACKING_STEP;
    backing->steps = mmap(NULL, n_steps, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (backing->steps == MAP_FAILED) return false;
    uint64_t word = 0;
    return ask(backing, 0, 1, &word) && catch_writes(backing);
}
