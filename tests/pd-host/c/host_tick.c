/* Stands between Pd's scheduler and Pd's dsp_tick: takes the time, and marks the thread as being inside. */
#include "host_tick.h"
#include "host_count.h"
#include <time.h>

void dsp_tick(void);

#define TICKS_KEPT (1u << 22) /* an hour and a half at 44.1 kHz */

struct tick_time {
    uint32_t tick_ns, external_ns;
};

static struct tick_time times[TICKS_KEPT];
static uint64_t ticks_timed;
static uint64_t ticks_watched;
static int watching;
uint64_t host_external_ns;

uint64_t host_now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static uint32_t saturated(uint64_t ns) { return ns > UINT32_MAX ? UINT32_MAX : (uint32_t)ns; }

/* m_sched.c is compiled so that it calls this where it means dsp_tick. */
void host_dsp_tick(void) {
    host_external_ns = 0;
    host_inside = watching;
    uint64_t start_ns = host_now_ns();
    dsp_tick();
    uint64_t end_ns = host_now_ns();
    host_inside = 0;
    if (watching) ticks_watched++;
    /* Ticks beyond the space are counted but not kept. */
    if (ticks_timed < TICKS_KEPT)
        times[ticks_timed] = (struct tick_time){saturated(end_ns - start_ns), saturated(host_external_ns)};
    ticks_timed++;
}

void host_watch(int on) { watching = on; }
uint64_t host_ticks_watched(void) { return ticks_watched; }
void host_ticks_watched_reset(void) { ticks_watched = 0; }

void host_times_reset(void) { ticks_timed = 0; }
uint64_t host_times_kept(void) { return ticks_timed < TICKS_KEPT ? ticks_timed : TICKS_KEPT; }
uint64_t host_times_lost(void) { return ticks_timed - host_times_kept(); }
uint32_t host_time_tick_ns(uint64_t index) { return times[index].tick_ns; }
uint32_t host_time_external_ns(uint64_t index) { return times[index].external_ns; }

uint64_t host_cpu_ns(void) {
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}
