/* The exported dsp_add and dsp_addv. When asked to, they put a clock before and after every perform
   routine that comes from a loaded library, so that an external's own time can be told from the rest. */
#include "host_tick.h"
#include <dlfcn.h>
#include <m_pd.h>
#include <stdarg.h>

void host_pd_dsp_addv(t_perfroutine f, int n, t_int *vec); /* Pd's own, renamed when d_ugen.c was compiled */
void canvas_update_dsp(void);

static int timing;
static uint64_t entered_ns;

static t_int *enter(t_int *w) {
    entered_ns = host_now_ns();
    return w + 1;
}

static t_int *leave(t_int *w) {
    host_external_ns += host_now_ns() - entered_ns;
    return w + 1;
}

static int is_external(t_perfroutine f) {
    Dl_info theirs, ours;
    return dladdr((void *)f, &theirs) && dladdr((void *)enter, &ours) && theirs.dli_fbase != ours.dli_fbase;
}

EXTERN void dsp_addv(t_perfroutine f, int n, t_int *vec) {
    int timed = timing && is_external(f);
    if (timed) host_pd_dsp_addv(enter, 0, vec);
    host_pd_dsp_addv(f, n, vec);
    if (timed) host_pd_dsp_addv(leave, 0, vec);
}

EXTERN void dsp_add(t_perfroutine f, int n, ...) {
    t_int vec[n > 0 ? n : 1];
    va_list list;
    va_start(list, n);
    for (int i = 0; i < n; i++) vec[i] = va_arg(list, t_int);
    va_end(list);
    dsp_addv(f, n, vec);
}

/* Rebuilds the DSP graph, so that it holds from now on. */
void host_time_externals(int on) {
    timing = on;
    canvas_update_dsp();
}
