/* What is counted while the audio thread is inside Pd's dsp_tick, and how. */
#ifndef HOST_COUNT_H
#define HOST_COUNT_H

#include <stdint.h>

/* The order is known to src/libpd/mod.rs. */
enum host_kind {
    HOST_MALLOC,      /* malloc, calloc, realloc, aligned_alloc, memalign, posix_memalign */
    HOST_FREE,        /* free of something */
    HOST_LOCK,        /* mutex and rwlock, also a try */
    HOST_WAIT,        /* condition variable, semaphore */
    HOST_WAKE,        /* condition variable, semaphore */
    HOST_THREAD,      /* create, join */
    HOST_FUTEX_WAIT,  /* syscall(SYS_futex): how Rust's std waits */
    HOST_FUTEX_WAKE,  /* and wakes */
    HOST_SYSTEM,      /* sleeping, files, memory maps, any other syscall() */
    HOST_PRINT,       /* Pd's console */
    HOST_KINDS
};

/* Set only on the audio thread, only inside dsp_tick, only while watching. */
extern __thread int host_inside __attribute__((tls_model("initial-exec")));

void host_count_one(enum host_kind kind);

static inline void host_count(enum host_kind kind) {
    if (__builtin_expect(host_inside, 0)) host_count_one(kind);
}

/* The next definition of `name` after the one in this executable. */
void *host_next(const char *name);
#define NEXT(name) ({ \
    static __typeof__(&name) next; \
    __typeof__(&name) found = __atomic_load_n(&next, __ATOMIC_ACQUIRE); \
    if (!found) { \
        found = (__typeof__(&name))host_next(#name); \
        __atomic_store_n(&next, found, __ATOMIC_RELEASE); \
    } \
    found; \
})

#endif
