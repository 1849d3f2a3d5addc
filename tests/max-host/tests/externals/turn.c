/* mc.turn~: its channels turned by @steps (attribute with a range), as many out as in, or @chans. */
#include "max_api.h"

typedef struct turn {
    t_pxobject ob;
    t_atom_long steps;
    t_atom_long chans;
    long channels;
    void *told;
} t_turn;

static t_class *turn_class;

static void turn_perform(t_turn *x, t_object *dsp64, double **ins, long numins, double **outs, long numouts,
    long frames, long flags, void *user) {
    (void)dsp64, (void)flags, (void)user;
    for (long out = 0; out < numouts; out++) {
        const double *in = ins[(out + x->steps) % numins];
        for (long n = 0; n < frames; n++) outs[out][n] = in[n];
    }
}

static void turn_dsp64(t_turn *x, t_object *dsp64, short *count, double rate, long vector, long flags) {
    (void)count, (void)rate, (void)vector, (void)flags;
    x->channels = (long)object_method(dsp64, gensym("getnuminputchannels"), x, 0);
    dsp_add64(dsp64, (t_object *)x, (t_perfroutine64)turn_perform, 0, 0);
}

static long turn_outputs(t_turn *x, long index) {
    (void)index;
    return x->chans ? (long)x->chans : x->channels;
}

static long turn_changed(t_turn *x, long index, long channels) {
    (void)index;
    long changed = channels != x->channels;
    x->channels = channels;
    return changed;
}

static void turn_bang(t_turn *x) { outlet_int(x->told, x->channels); }

static void *turn_new(t_symbol *s, long argc, t_atom *argv) {
    t_turn *x = object_alloc(turn_class);
    (void)s;
    dsp_setup(&x->ob, 1);
    x->ob.z_misc |= Z_NO_INPLACE | Z_MC_INLETS;
    x->told = intout(x);
    outlet_new(x, "multichannelsignal");
    object_obex_store(x, gensym("dumpout"), x->told);
    x->channels = 1;
    attr_args_process(x, (short)argc, argv);
    if (attr_args_offset((short)argc, argv) > 0) x->steps = atom_getlong(argv);
    return x;
}

static void turn_free(t_turn *x) { dsp_free(&x->ob); }

void ext_main(void *r) {
    t_class *c = class_new("mc.turn~", (method)turn_new, (method)turn_free, sizeof(t_turn), 0, A_GIMME, 0);
    (void)r;
    class_addmethod(c, (method)turn_dsp64, "dsp64", A_CANT, 0);
    class_addmethod(c, (method)turn_outputs, "multichanneloutputs", A_CANT, 0);
    class_addmethod(c, (method)turn_changed, "inputchanged", A_CANT, 0);
    class_addmethod(c, (method)turn_bang, "bang", 0);
    class_dspinit(c);
    class_addattr(c, attr_offset_new("steps", gensym("atom_long"), 0, 0, 0, offsetof(t_turn, steps)));
    class_attr_addattr_format(c, "steps", "label", gensym("symbol"), 0, "s", gensym_tr("Steps to turn"));
    attr_addfilter_clip(class_attr_get(c, gensym("steps")), 0, 1023, 1, 1);
    class_addattr(c, attr_offset_new("chans", gensym("atom_long"), 0, 0, 0, offsetof(t_turn, chans)));
    class_attr_addattr_parse(c, "chans", "style", gensym("symbol"), 0, "text");
    class_register(gensym("box"), c);
    turn_class = c;
}
