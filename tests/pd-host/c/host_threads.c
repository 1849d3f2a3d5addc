/* Locks, waits, wake-ups and threads of the POSIX library, counted and passed on. */
#include "host_count.h"
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

#define PASS(kind, name, parameters, arguments) \
    int name parameters { \
        host_count(kind); \
        return NEXT(name) arguments; \
    }

PASS(HOST_LOCK, pthread_mutex_lock, (pthread_mutex_t * m), (m))
PASS(HOST_LOCK, pthread_mutex_trylock, (pthread_mutex_t * m), (m))
PASS(HOST_LOCK, pthread_mutex_timedlock, (pthread_mutex_t * m, const struct timespec *t), (m, t))
PASS(HOST_LOCK, pthread_rwlock_rdlock, (pthread_rwlock_t * l), (l))
PASS(HOST_LOCK, pthread_rwlock_wrlock, (pthread_rwlock_t * l), (l))
PASS(HOST_LOCK, pthread_rwlock_tryrdlock, (pthread_rwlock_t * l), (l))
PASS(HOST_LOCK, pthread_rwlock_trywrlock, (pthread_rwlock_t * l), (l))
PASS(HOST_LOCK, pthread_rwlock_timedrdlock, (pthread_rwlock_t * l, const struct timespec *t), (l, t))
PASS(HOST_LOCK, pthread_rwlock_timedwrlock, (pthread_rwlock_t * l, const struct timespec *t), (l, t))
PASS(HOST_LOCK, pthread_spin_lock, (pthread_spinlock_t * l), (l))

PASS(HOST_WAIT, pthread_cond_wait, (pthread_cond_t * c, pthread_mutex_t *m), (c, m))
PASS(HOST_WAIT, pthread_cond_timedwait, (pthread_cond_t * c, pthread_mutex_t *m, const struct timespec *t),
    (c, m, t))
PASS(HOST_WAKE, pthread_cond_signal, (pthread_cond_t * c), (c))
PASS(HOST_WAKE, pthread_cond_broadcast, (pthread_cond_t * c), (c))
PASS(HOST_WAIT, sem_wait, (sem_t * s), (s))
PASS(HOST_WAIT, sem_timedwait, (sem_t * s, const struct timespec *t), (s, t))
PASS(HOST_WAKE, sem_post, (sem_t * s), (s))

PASS(HOST_THREAD, pthread_create, (pthread_t * t, const pthread_attr_t *a, void *(*f)(void *), void *x),
    (t, a, f, x))
PASS(HOST_THREAD, pthread_join, (pthread_t t, void **result), (t, result))
