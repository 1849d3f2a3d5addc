/* The ways into the kernel that an audio thread has no business with, counted and passed on. Calls that
   the C library makes inside itself, and system calls written in assembler, do not come by here. */
#include "host_count.h"
#include <fcntl.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

/* Rust's std, and crates beside it, wait and wake through here. */
long syscall(long number, ...) {
    va_list list;
    long a[6];
    va_start(list, number);
    for (int i = 0; i < 6; i++) a[i] = va_arg(list, long); /* the most a system call takes */
    va_end(list);
    if (__builtin_expect(host_inside, 0)) {
        int command = (int)(a[1] & FUTEX_CMD_MASK);
        if (number != SYS_futex) host_count_one(HOST_SYSTEM);
        else if (command == FUTEX_WAKE || command == FUTEX_WAKE_BITSET || command == FUTEX_WAKE_OP)
            host_count_one(HOST_FUTEX_WAKE);
        else host_count_one(HOST_FUTEX_WAIT);
    }
    return NEXT(syscall)(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

#define PASS(result, name, parameters, arguments) \
    result name parameters { \
        host_count(HOST_SYSTEM); \
        return NEXT(name) arguments; \
    }

PASS(int, nanosleep, (const struct timespec *t, struct timespec *left), (t, left))
PASS(int, clock_nanosleep, (clockid_t c, int flags, const struct timespec *t, struct timespec *left),
    (c, flags, t, left))
PASS(int, usleep, (useconds_t t), (t))
PASS(int, sched_yield, (void), ())
PASS(ssize_t, read, (int fd, void *to, size_t size), (fd, to, size))
PASS(ssize_t, write, (int fd, const void *from, size_t size), (fd, from, size))
PASS(int, close, (int fd), (fd))
PASS(void *, mmap, (void *at, size_t size, int access, int flags, int fd, off_t offset),
    (at, size, access, flags, fd, offset))
PASS(int, munmap, (void *at, size_t size), (at, size))
PASS(int, madvise, (void *at, size_t size, int advice), (at, size, advice))

/* The mode is there only when a file may be created. */
#define PASS_OPEN(name, parameters, last, arguments) \
    int name parameters { \
        unsigned mode = 0; \
        if (last & (O_CREAT | __O_TMPFILE)) { \
            va_list list; \
            va_start(list, last); \
            mode = va_arg(list, unsigned); \
            va_end(list); \
        } \
        host_count(HOST_SYSTEM); \
        return NEXT(name) arguments; \
    }

PASS_OPEN(open, (const char *path, int flags, ...), flags, (path, flags, mode))
PASS_OPEN(open64, (const char *path, int flags, ...), flags, (path, flags, mode))
PASS_OPEN(openat, (int folder, const char *path, int flags, ...), flags, (folder, path, flags, mode))
PASS_OPEN(openat64, (int folder, const char *path, int flags, ...), flags, (folder, path, flags, mode))
