/* tally: counts the entries of a dictionary on a thread of its own, answers through a qelem, writes a dictionary. */
#include "max_api.h"

typedef struct tally {
    t_object ob;
    void *out;
    t_qelem *bell;
    t_systhread thread;
    t_systhread_mutex lock;
    t_symbol *result;
    t_dictionary *own;
    long wanted, counted;
} t_tally;

static t_class *tally_class;

static void *tally_count(void *argument) {
    t_tally *x = argument;
    systhread_mutex_lock(x->lock);
    x->counted += x->wanted;
    systhread_mutex_unlock(x->lock);
    qelem_set(x->bell);
    systhread_exit(0);
    return 0;
}

static void tally_join(t_tally *x) {
    unsigned int status;
    if (x->thread) systhread_join(x->thread, &status);
    x->thread = 0;
}

static void tally_answer(t_tally *x) {
    t_atom name;
    tally_join(x);
    dictionary_appendlong(x->own, gensym("counted"), x->counted);
    atom_setsym(&name, x->result);
    outlet_anything(x->out, gensym("dictionary"), 1, &name);
}

static void tally_dictionary(t_tally *x, t_symbol *name) {
    t_dictionary *d = dictobj_findregistered_retain(name);
    if (!d) {
        object_error((t_object *)x, "no dictionary %s", name->s_name);
        return;
    }
    x->wanted = dictionary_getentrycount(d);
    dictobj_release(d);
    tally_join(x);
    systhread_create((method)tally_count, x, 0, 0, 0, &x->thread);
}

static void tally_anything(t_tally *x, t_symbol *s, long argc, t_atom *argv) {
    t_dictionary *child = dictionary_new();
    dictionary_appendatoms(child, gensym("atoms"), argc, argv);
    dictionary_appenddictionary(x->own, s, (t_object *)child);
}

static void tally_free(t_tally *x) {
    tally_join(x);
    qelem_free(x->bell);
    systhread_mutex_free(x->lock);
    object_free(x->own);
}

static void *tally_new(t_symbol *s, long argc, t_atom *argv) {
    t_tally *x = object_alloc(tally_class);
    (void)s;
    x->out = outlet_new(x, 0);
    x->bell = qelem_new(x, (method)tally_answer);
    systhread_mutex_new(&x->lock, 0);
    x->result = argc > 0 ? atom_getsym(argv) : 0;
    x->own = dictobj_register(dictionary_new(), &x->result);
    return x;
}

void ext_main(void *r) {
    t_class *c = class_new("tally", (method)tally_new, (method)tally_free, sizeof(t_tally), 0, A_GIMME, 0);
    (void)r;
    class_addmethod(c, (method)tally_dictionary, "dictionary", A_SYM, 0);
    class_addmethod(c, (method)tally_anything, "anything", A_GIMME, 0);
    class_register(gensym("box"), c);
    tally_class = c;
}
