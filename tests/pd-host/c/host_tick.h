/* Times of the last ticks, kept without allocation. */
#ifndef HOST_TICK_H
#define HOST_TICK_H

#include <stdint.h>

/* Nanoseconds so far in this tick in perform routines of loaded libraries. */
extern uint64_t host_external_ns;

uint64_t host_now_ns(void);

#endif
