# Another day on the machine's clock changes no data file. The clock is moved by a library of three functions; that it
# was moved is seen in the manifest, the one file with times besides the trail.
. "$(dirname "$0")/data/small_job.inc"
cat >clock.c <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>
enum { DAYS = 4000, SECONDS = DAYS * 86400 };
time_t time(time_t *out)
{
    time_t (*real)(time_t *) = (time_t(*)(time_t *))dlsym(RTLD_NEXT, "time");
    const time_t now = real(NULL) + SECONDS;
    if (out != NULL) *out = now;
    return now;
}
int clock_gettime(clockid_t id, struct timespec *out)
{
    int (*real)(clockid_t, struct timespec *) = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    const int code = real(id, out);
    out->tv_sec += SECONDS;
    return code;
}
int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    int (*real)(struct timeval *, void *) = (int (*)(struct timeval *, void *))dlsym(RTLD_NEXT, "gettimeofday");
    const int code = real(out, zone);
    out->tv_sec += SECONDS;
    return code;
}
C
${CC:-cc} -shared -fPIC -o clock.so clock.c -ldl || exit 9
"$PADAN" run --quiet job.yaml >/dev/null || exit 9
LD_PRELOAD=$PWD/clock.so TZ=Pacific/Kiritimati "$PADAN" run --quiet job.yaml >/dev/null || exit 9
diff -r -q -x manifest.json -x jejak.jsonl hasil/contoh-0001 hasil/contoh-0002
year() { grep -o '"started": *"[0-9]*' hasil/$1/manifest.json | tail -c 5; }
echo "years between the two manifests: $(($(year contoh-0002) - $(year contoh-0001)))"
