/* naughty~ WHAT: breaks one of Max's rules, so that the host can be seen to notice. */
#define _GNU_SOURCE
#include "max_api.h"
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

typedef struct naughty {
    t_pxobject ob;
    const char *what;
    void *out, *clock, *bell, *window;
    t_buffer_ref *ref;
} t_naughty;

static t_class *naughty_class;

#define IS(name) (!strcmp(x->what, name))

static void naughty_perform(t_naughty *x, t_object *dsp64, double **ins, long numins, double **outs, long numouts,
    long frames, long flags, void *user) {
    (void)dsp64, (void)ins, (void)numins, (void)numouts, (void)flags, (void)user;
    long end = IS("short") ? frames - 1 : IS("long") ? frames + 1 : frames;
    for (long n = 0; n < end; n++) outs[0][n] = 0.0;
    if (IS("outlet")) outlet_bang(x->out);
    if (IS("qelem")) qelem_set(x->bell);
    if (IS("gensym")) gensym("naughty");
    if (IS("post")) post("naughty");
    if (IS("critical")) { critical_enter(0); critical_exit(0); }
    if (IS("malloc")) { void *volatile p = malloc(100); free(p); }
    if (IS("clock")) clock_fdelay(x->clock, 0.0); /* allowed */
}

static void naughty_dsp64(t_naughty *x, t_object *dsp64, short *count, double rate, long vector, long flags) {
    (void)count, (void)rate, (void)vector, (void)flags;
    dsp_add64(dsp64, (t_object *)x, (t_perfroutine64)naughty_perform, 0, 0);
}

static void naughty_tick(t_naughty *x) { (void)x; }

static void naughty_bang(t_naughty *x) {
    if (IS("memory")) sysmem_newptr(10);
    if (IS("twice")) { void *p = sysmem_newptr(10); sysmem_freeptr(p); sysmem_freeptr(p); }
    if (IS("late")) outlet_new(x, 0);
    if (IS("behind")) memset(x + 1, 7, 4);
    if (IS("list")) linklist_append(linklist_new(), x);
    if (IS("proxy")) proxy_new(x, 1, 0);
    if (IS("region")) { t_critical c; critical_new(&c); critical_enter(c); }
    if (IS("exit")) { t_critical c; critical_new(&c); critical_exit(c); critical_free(c); }
    if (IS("gone")) { t_critical c; critical_new(&c); critical_free(c); critical_enter(c); }
    if (IS("dictionary")) dictobj_findregistered_retain(gensym("kept"));
    if (IS("array")) {
        t_atomarray *(*find)(t_symbol *) = (t_atomarray * (*)(t_symbol *)) dlsym(RTLD_DEFAULT, "arrayobj_findregistered_retain");
        find(gensym("numbers"));
    }
    if (IS("release")) {
        t_max_err (*release)(t_atomarray *) = (t_max_err (*)(t_atomarray *))dlsym(RTLD_DEFAULT, "arrayobj_release");
        t_atomarray *a = atomarray_new(0, 0);
        release(a);
        object_free(a);
    }
    if (IS("clone")) { t_atomarray *a = atomarray_new(0, 0); object_clone((t_object *)a); object_free(a); }
    if (IS("stale")) { t_atomarray *a = atomarray_new(0, 0); object_free(a); atomarray_getsize(a); }
    if (IS("window") || IS("closed") || IS("encoding")) {
        x->window = object_new_imp(gensym("nobox"), gensym("jed"), x, 0, 0, 0, 0, 0, 0, 0);
        if (IS("encoding")) object_method(x->window, gensym("settext"), "text", gensym("latin-1"));
        if (!IS("window")) object_free(x->window);
        if (IS("closed")) object_method(x->window, gensym("settext"), "text", gensym("utf-8"));
    }
    if (IS("deaf") || IS("hears")) x->ref = buffer_ref_new((t_object *)x, gensym("sound"));
    if (IS("touch")) object_attr_touch((t_object *)x, gensym("nothing"));
    if (IS("usage")) fileusage_addfile(x, 0, "file", -1);
    if (IS("buffer")) { t_buffer_ref *r = buffer_ref_new((t_object *)x, gensym("sound")); buffer_locksamples(buffer_ref_getobject(r)); object_free(r); }
}

static t_max_err naughty_notify(t_naughty *x, t_symbol *s, t_symbol *message, void *sender, void *data) {
    return IS("deaf") ? 0 : buffer_ref_notify(x->ref, s, message, sender, data);
}

static void naughty_edclose(t_naughty *x, char **text, long size) {
    (void)text, (void)size;
    x->window = 0;
}

static void *naughty_new(t_symbol *s, long argc, t_atom *argv) {
    t_naughty *x = object_alloc(naughty_class);
    (void)s;
    dsp_setup(&x->ob, 1);
    x->ob.z_misc |= Z_NO_INPLACE;
    x->what = argc > 0 ? atom_getsym(argv)->s_name : "";
    x->out = outlet_new(x, 0);
    outlet_new(x, "signal");
    x->clock = clock_new(x, (method)naughty_tick);
    x->bell = qelem_new(x, (method)naughty_tick);
    return x;
}

static void naughty_free(t_naughty *x) {
    if (IS("order")) { object_free(x->clock); dsp_free(&x->ob); }
    else {
        if (!IS("chain")) dsp_free(&x->ob);
        if (!IS("leak")) object_free(x->clock);
    }
    qelem_free(x->bell);
    if (x->ref) object_free(x->ref);
    if (IS("freed")) clock_fdelay(x->clock, 1.0);
}

void ext_main(void *r) {
    t_class *c = class_new("naughty~", (method)naughty_new, (method)naughty_free, sizeof(t_naughty), 0, A_GIMME, 0);
    (void)r;
    class_addmethod(c, (method)naughty_dsp64, "dsp64", A_CANT, 0);
    class_addmethod(c, (method)naughty_notify, "notify", A_CANT, 0);
    class_addmethod(c, (method)naughty_edclose, "edclose", A_CANT, 0);
    class_addmethod(c, (method)naughty_bang, "bang", 0);
    class_dspinit(c);
    class_register(gensym("box"), c);
    naughty_class = c;
}
