/* Marks the calling thread as being inside the plug-in, for the counters. */
#include "host_count.h"

int sc_host_inside(int inside) {
    int before = host_inside;
    host_inside = inside;
    return before;
}

void sc_host_printed_inside(void) { host_count(HOST_PRINT); }
