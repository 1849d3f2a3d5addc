/* The allocator's functions, counted. The executable comes first in symbol order, so that every library
   in the process arrives here. glibc's own entry points do the work: no look-up, no recursion. */
#include "host_count.h"
#include <errno.h>
#include <stddef.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

void *malloc(size_t size) {
    host_count(HOST_MALLOC);
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    host_count(HOST_MALLOC);
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    host_count(HOST_MALLOC);
    return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
    host_count(HOST_MALLOC);
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    host_count(HOST_MALLOC);
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size) {
    host_count(HOST_MALLOC);
    if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0) return EINVAL;
    void *found = __libc_memalign(alignment, size);
    if (!found) return ENOMEM;
    *out = found;
    return 0;
}

void free(void *old) {
    if (old) host_count(HOST_FREE);
    __libc_free(old);
}
