/* Counters of what the audio thread did inside dsp_tick. */
#include "host_count.h"
#include <dlfcn.h>
#include <execinfo.h>
#include <stdlib.h>
#include <unistd.h>

__thread int host_inside __attribute__((tls_model("initial-exec")));

/* Written by the audio thread alone: it is the only one whose host_inside is ever set. */
static uint64_t counts[HOST_KINDS];
static int traces_left;

static const char *const names[HOST_KINDS] = {"malloc", "free", "lock", "wait", "wake", "thread",
    "futex_wait", "futex_wake", "system", "print"};

/* Says on stderr who called, for the first few calls. */
static void trace(enum host_kind kind) {
    void *frames[32];
    int depth = backtrace(frames, 32);
    const char *name = names[kind];
    size_t length = 0;
    while (name[length]) length++;
    if (write(2, "in dsp_tick: ", 13) < 0 || write(2, name, length) < 0 || write(2, "\n", 1) < 0) return;
    backtrace_symbols_fd(frames, depth, 2);
}

void host_count_one(enum host_kind kind) {
    counts[kind]++;
    if (traces_left > 0) {
        traces_left--;
        host_inside = 0; /* what the trace itself does is not counted */
        trace(kind);
        host_inside = 1;
    }
}

uint64_t host_counted(int kind) { return kind >= 0 && kind < HOST_KINDS ? counts[kind] : 0; }

void host_counts_reset(void) {
    for (int kind = 0; kind < HOST_KINDS; kind++) counts[kind] = 0;
}

void host_trace(int how_many) {
    void *frame[1];
    if (how_many > 0) backtrace(frame, 1); /* its first call loads a library */
    traces_left = how_many;
}

void *host_next(const char *name) {
    int inside = host_inside;
    void *found = NULL;
    host_inside = 0;
#if defined(__x86_64__)
    /* Condition variables changed their layout once; an unversioned look-up can find the old ones. */
    found = dlvsym(RTLD_NEXT, name, "GLIBC_2.3.2");
#endif
    if (!found) found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    host_inside = inside;
    return found;
}
