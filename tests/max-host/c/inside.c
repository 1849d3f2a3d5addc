/* Marks the calling thread as being inside the audio callback, for the counters. */
#include "host_count.h"

int max_host_inside(int inside) {
    int before = host_inside;
    host_inside = inside;
    return before;
}
