/* The part of Max's C interface that this host offers, written down from its documentation: 64 bits, default packing. */
#ifndef MAX_API_H
#define MAX_API_H

#include <stddef.h>
#include <stdint.h>

typedef intptr_t t_atom_long;
typedef double t_atom_float;
typedef intptr_t t_max_err;
typedef uint32_t t_fourcc;
typedef void *(*method)(void *);

typedef struct symbol {
    char *s_name;
    struct object *s_thing;
} t_symbol;

typedef union word {
    t_atom_long w_long;
    t_atom_float w_float;
    t_symbol *w_sym;
    struct object *w_obj;
} t_word;

typedef struct atom {
    short a_type;
    t_word a_w;
} t_atom;

typedef struct object {
    void *o_messlist;
    intptr_t o_magic;
    void *o_inlet;
    void *o_outlet;
} t_object;

typedef struct pxobject {
    t_object z_ob;
    long z_in;
    void *z_proxy;
    long z_disabled;
    short z_count;
    short z_misc;
} t_pxobject;

typedef struct buffer_info {
    t_symbol *b_name;
    float *b_samples;
    long b_frames;
    long b_nchans;
    long b_size;
    float b_sr;
    long b_modtime;
    long b_rfu[57];
} t_buffer_info;

typedef struct class_ t_class;
typedef void t_outlet, t_inlet, t_clock, t_qelem, t_dspchain;
typedef struct dictionary t_dictionary;
typedef struct atomarray t_atomarray;
typedef struct linklist t_linklist;
typedef struct buffer_ref t_buffer_ref;
typedef t_object t_buffer_obj;
typedef void *t_systhread_mutex;
typedef void *t_systhread;
typedef void *t_critical;
typedef unsigned char t_bool;

/* Opaque for externals. */
struct atomarray {
    t_object ob;
    long ac;
    t_atom *av;
    long flags;
};

_Static_assert(sizeof(struct atomarray) == 56 && offsetof(struct atomarray, ac) == 32, "atom arrays");
_Static_assert(offsetof(struct atomarray, av) == 40 && offsetof(struct atomarray, flags) == 48, "atom arrays");
_Static_assert(sizeof(t_symbol) == 16 && sizeof(t_atom) == 16 && offsetof(t_atom, a_w) == 8, "atoms");
_Static_assert(sizeof(t_object) == 32 && offsetof(t_object, o_magic) == 8, "objects");
_Static_assert(sizeof(t_pxobject) == 64 && offsetof(t_pxobject, z_disabled) == 48, "audio objects");
_Static_assert(offsetof(t_pxobject, z_misc) == 58 && offsetof(t_pxobject, z_in) == 32, "audio objects");
_Static_assert(sizeof(t_buffer_info) == 512 && offsetof(t_buffer_info, b_modtime) == 48, "buffers");

#define OB_MAGIC 1758379419

enum {
    A_NOTHING = 0, A_LONG = 1, A_FLOAT = 2, A_SYM = 3, A_OBJ = 4, A_DEFLONG = 5, A_DEFFLOAT = 6, A_DEFSYM = 7,
    A_GIMME = 8, A_CANT = 9, A_GIMMEBACK = 14, A_DEFER = 65, A_DEFER_LOW = 67
};
enum { MAX_ERR_NONE = 0, MAX_ERR_GENERIC = -1 };
enum { Z_NO_INPLACE = 1, Z_MC_INLETS = 32 };

/* Symbols, classes, objects. */
t_symbol *gensym(const char *text);
t_symbol *gensym_tr(const char *text);
char *str_tr(const char *text);
t_symbol *symbol_unique(void);
t_class *class_new(const char *name, const method new_, const method free_, long size, const method menu, short type, ...);
t_max_err class_addmethod(t_class *c, const method m, const char *name, ...);
t_max_err class_register(t_symbol *name_space, t_class *c);
void *object_alloc(t_class *c);
t_max_err object_free(void *x);
void freeobject(void *x);
t_symbol *object_classname(void *x);
void *object_new_imp(void *ns, void *s, void *p1, void *p2, void *p3, void *p4, void *p5, void *p6, void *p7, void *p8);
void *object_method_imp(void *x, void *s, void *p1, void *p2, void *p3, void *p4, void *p5, void *p6, void *p7, void *p8);
#define object_method(x, s, p1, p2) object_method_imp((x), (s), (void *)(p1), (void *)(p2), 0, 0, 0, 0, 0, 0)
t_max_err object_obex_store(void *x, t_symbol *key, t_object *value);
t_max_err object_obex_lookup(void *x, t_symbol *key, t_object **value);
void object_obex_dumpout(void *x, t_symbol *s, long argc, t_atom *argv);
long object_isnogood(void *x);

/* Atoms. */
t_max_err atom_setlong(t_atom *a, t_atom_long value);
t_max_err atom_setfloat(t_atom *a, double value);
t_max_err atom_setsym(t_atom *a, t_symbol *value);
t_max_err atom_setobj(t_atom *a, void *value);
t_atom_long atom_getlong(const t_atom *a);
t_atom_float atom_getfloat(const t_atom *a);
t_symbol *atom_getsym(const t_atom *a);
void *atom_getobj(const t_atom *a);
long atom_gettype(const t_atom *a);

/* Console. */
void post(const char *format, ...);
void error(const char *format, ...);
void object_post(t_object *x, const char *format, ...);
void cpost(const char *format, ...);
int snprintf_zero(char *text, size_t size, const char *format, ...);
short maxversion(void);
void object_error(t_object *x, const char *format, ...);
void object_warn(t_object *x, const char *format, ...);

/* Inlets and outlets. */
void *outlet_new(void *x, const char *type);
void *intin(void *x, short n);
void *floatin(void *x, short n);
void *proxy_new(void *x, long id, long *stuff);
long proxy_getinlet(t_object *x);
void *outlet_bang(t_outlet *o);
void *outlet_int(t_outlet *o, t_atom_long value);
void *outlet_float(t_outlet *o, double value);
void *outlet_list(t_outlet *o, t_symbol *s, short argc, t_atom *argv);
void *outlet_anything(t_outlet *o, t_symbol *s, short argc, t_atom *argv);
void *intout(void *x);
void *floatout(void *x);
void *bangout(void *x);
void *listout(void *x);
void stdinletinfo(t_object *x, void *box, long index, char *cold);

/* Audio. */
typedef void (*t_perfroutine64)(t_object *x, t_object *dsp64, double **ins, long numins, double **outs, long numouts,
    long frames, long flags, void *user);
void class_dspinit(t_class *c);
void z_dsp_setup(t_pxobject *x, long inlets);
void z_dsp_free(t_pxobject *x);
#define dsp_setup z_dsp_setup
#define dsp_free z_dsp_free
void dsp_add64(t_object *dsp64, t_object *x, t_perfroutine64 routine, long flags, void *user);
float sys_getsr(void);
int sys_getblksize(void);
int sys_getmaxblksize(void);
int sys_getdspstate(void);
int sys_getdspobjdspstate(t_object *x);
t_dspchain *dspchain_get(void);
t_dspchain *dspchain_fromobject(t_object *x);
void dspchain_setbroken(t_dspchain *c);
void set_zero64(double *samples, long frames);

/* Attributes. */
t_object *attr_offset_new(const char *name, const t_symbol *type, long flags, const method get, const method set, long offset);
t_object *attr_offset_array_new(const char *name, t_symbol *type, long size, long flags, method get, method set, long count_offset, long offset);
t_max_err class_addattr(t_class *c, t_object *attr);
void *class_attr_get(t_class *c, t_symbol *name);
t_max_err class_attr_addattr_parse(t_class *c, const char *attr, const char *name, t_symbol *type, long flags, const char *text);
t_max_err class_attr_addattr_format(t_class *c, const char *attr, const char *name, const t_symbol *type, long flags, const char *format, ...);
t_max_err class_attr_addattr_atoms(t_class *c, const char *attr, const char *name, t_symbol *type, long flags, long argc, t_atom *argv);
t_max_err attr_addfilter_clip(void *attr, double low, double high, long use_low, long use_high);
long attr_args_offset(short argc, t_atom *argv);
void attr_args_process(void *x, short argc, t_atom *argv);
t_atom_long object_attr_getlong(void *x, t_symbol *name);
t_max_err object_attr_setlong(void *x, t_symbol *name, t_atom_long value);
t_atom_float object_attr_getfloat(void *x, t_symbol *name);
t_max_err object_attr_setfloat(void *x, t_symbol *name, t_atom_float value);
t_symbol *object_attr_getsym(void *x, t_symbol *name);
t_max_err object_attr_setsym(void *x, t_symbol *name, t_symbol *value);
t_max_err object_attr_getvalueof(void *x, t_symbol *name, long *argc, t_atom **argv);
t_max_err object_attr_setvalueof(void *x, t_symbol *name, long argc, t_atom *argv);
t_max_err object_attr_touch(t_object *x, t_symbol *name);
t_max_err object_notify(void *x, t_symbol *message, void *data);

/* Dictionaries and atom arrays. */
t_dictionary *dictionary_new(void);
t_max_err dictionary_clear(t_dictionary *d);
t_max_err dictionary_copyunique(t_dictionary *to, t_dictionary *from);
t_max_err dictionary_appendlong(t_dictionary *d, t_symbol *key, t_atom_long value);
t_max_err dictionary_appendfloat(t_dictionary *d, t_symbol *key, double value);
t_max_err dictionary_appendsym(t_dictionary *d, t_symbol *key, t_symbol *value);
t_max_err dictionary_appendstring(t_dictionary *d, t_symbol *key, const char *value);
t_max_err dictionary_appendatoms(t_dictionary *d, t_symbol *key, long argc, t_atom *argv);
t_max_err dictionary_appenddictionary(t_dictionary *d, t_symbol *key, t_object *value);
t_max_err dictionary_getlong(const t_dictionary *d, t_symbol *key, t_atom_long *value);
t_max_err dictionary_getsym(const t_dictionary *d, t_symbol *key, t_symbol **value);
t_max_err dictionary_getstring(const t_dictionary *d, t_symbol *key, const char **value);
t_max_err dictionary_getdictionary(const t_dictionary *d, t_symbol *key, t_object **value);
t_max_err dictionary_getatoms(const t_dictionary *d, t_symbol *key, long *argc, t_atom **argv);
long dictionary_hasentry(const t_dictionary *d, t_symbol *key);
t_atom_long dictionary_getentrycount(const t_dictionary *d);
t_max_err dictionary_getkeys(const t_dictionary *d, long *count, t_symbol ***keys);
void dictionary_freekeys(t_dictionary *d, long count, t_symbol **keys);
t_max_err dictionary_deleteentry(t_dictionary *d, t_symbol *key);
t_max_err dictionary_getatom(const t_dictionary *d, t_symbol *key, t_atom *value);
t_max_err dictionary_getkeys_ordered(const t_dictionary *d, long *count, t_symbol ***keys);
t_max_err dictionary_clone_to_existing(const t_dictionary *from, t_dictionary *to);
t_max_err dictobj_dictionaryfromatoms(t_dictionary **d, const long argc, const t_atom *argv);
t_max_err dictobj_key_parse(t_object *x, t_dictionary *d, t_atom *path, t_bool create, t_dictionary **target, t_symbol **key, int32_t *index);
t_max_err dictobj_dictionaryfromstring(t_dictionary **d, const char *text, int is_json, char *error);
long dictobj_validate(const t_dictionary *pattern, const t_dictionary *other);
long atomisdictionary(t_atom *a);
long atomisatomarray(t_atom *a);
t_max_err atom_alloc(long *argc, t_atom **argv, char *made);
t_max_err atom_alloc_array(long wanted, long *argc, t_atom **argv, char *made);
t_dictionary *dictobj_register(t_dictionary *d, t_symbol **name);
t_max_err dictobj_unregister(t_dictionary *d);
t_dictionary *dictobj_findregistered_retain(t_symbol *name);
t_max_err dictobj_release(t_dictionary *d);
t_symbol *dictobj_namefromptr(t_dictionary *d);

t_atomarray *atomarray_new(long argc, t_atom *argv);
t_atom_long atomarray_getsize(t_atomarray *a);
t_max_err atomarray_getindex(t_atomarray *a, long index, t_atom *value);
t_max_err atomarray_getatoms(t_atomarray *a, long *argc, t_atom **argv);
t_max_err atomarray_copyatoms(t_atomarray *a, long *argc, t_atom **argv);
t_max_err atomarray_setatoms(t_atomarray *a, long argc, t_atom *argv);
void atomarray_appendatom(t_atomarray *a, t_atom *value);
void atomarray_clear(t_atomarray *a);
t_object *object_clone(t_object *x);
t_max_err object_method_typed(void *x, t_symbol *s, long argc, t_atom *argv, t_atom *result);

/* From Max 8.6 on, not declared by its kit: to be looked up, never to be imported. */
t_atomarray *arrayobj_register(t_atomarray *a, t_symbol **name);
t_max_err arrayobj_unregister(t_atomarray *a);
t_atomarray *arrayobj_findregistered_retain(t_symbol *name);
t_atomarray *arrayobj_findregistered_clone(t_symbol *name);
t_max_err arrayobj_release(t_atomarray *a);
t_symbol *arrayobj_namefromptr(t_atomarray *a);

/* Buffers. */
t_buffer_ref *buffer_ref_new(t_object *x, t_symbol *name);
void buffer_ref_set(t_buffer_ref *ref, t_symbol *name);
t_atom_long buffer_ref_exists(t_buffer_ref *ref);
t_buffer_obj *buffer_ref_getobject(t_buffer_ref *ref);
t_max_err buffer_ref_notify(t_buffer_ref *ref, t_symbol *s, t_symbol *message, void *sender, void *data);
float *buffer_locksamples(t_buffer_obj *b);
void buffer_unlocksamples(t_buffer_obj *b);
t_atom_long buffer_getchannelcount(t_buffer_obj *b);
t_atom_long buffer_getframecount(t_buffer_obj *b);
t_atom_float buffer_getsamplerate(t_buffer_obj *b);
t_max_err buffer_setdirty(t_buffer_obj *b);
t_max_err buffer_edit_begin(t_buffer_obj *b);
t_max_err buffer_edit_end(t_buffer_obj *b, long valid);
void buffer_view(t_buffer_obj *b);
t_max_err buffer_getinfo(t_buffer_obj *b, t_buffer_info *info);

/* Lists. */
t_linklist *linklist_new(void);
void linklist_flags(t_linklist *l, long flags);
t_atom_long linklist_getsize(t_linklist *l);
t_atom_long linklist_append(t_linklist *l, void *item);
void *linklist_getindex(t_linklist *l, long index);
t_atom_long linklist_deleteindex(t_linklist *l, long index);
t_atom_long linklist_chuckindex(t_linklist *l, long index);
void linklist_clear(t_linklist *l);
void linklist_reverse(t_linklist *l);
void linklist_funall(t_linklist *l, method m, void *argument);

/* Time, threads, memory. */
t_clock *clock_new(void *x, method m);
void clock_delay(t_clock *c, long ms);
void clock_fdelay(t_clock *c, double ms);
void clock_unset(t_clock *c);
void clock_getftime(double *ms);
t_qelem *qelem_new(void *x, method m);
void qelem_set(t_qelem *q);
void qelem_front(t_qelem *q);
void qelem_unset(t_qelem *q);
void qelem_free(t_qelem *q);
void *defer(void *x, method m, t_symbol *s, short argc, t_atom *argv);
void *defer_low(void *x, method m, t_symbol *s, short argc, t_atom *argv);
long isr(void);
short systhread_ismainthread(void);
short systhread_istimerthread(void);
short systhread_isaudiothread(void);
long systhread_create(method m, void *x, long stack, long priority, long flags, t_systhread *thread);
long systhread_join(t_systhread thread, unsigned int *status);
void systhread_exit(long status);
void systhread_sleep(long ms);
void critical_new(t_critical *c);
void critical_enter(t_critical c);
short critical_tryenter(t_critical c);
void critical_exit(t_critical c);
void critical_free(t_critical c);
long systhread_mutex_new(t_systhread_mutex *m, long flags);
long systhread_mutex_free(t_systhread_mutex m);
long systhread_mutex_lock(t_systhread_mutex m);
long systhread_mutex_unlock(t_systhread_mutex m);
void *sysmem_newptr(size_t bytes);
void *sysmem_newptrclear(size_t bytes);
void *sysmem_resizeptr(void *p, intptr_t bytes);
intptr_t sysmem_ptrsize(void *p);
void sysmem_freeptr(void *p);
void sysmem_copyptr(const void *from, void *to, intptr_t bytes);

/* Files. */
short locatefile_extended(char *name, short *path, t_fourcc *type, const t_fourcc *types, short count);
t_max_err path_toabsolutesystempath(const short path, const char *name, char *absolute);
short path_frompathname(const char *full, short *path, char *name);
void fileusage_addfile(void *w, long flags, const char *name, const short path);

#endif
