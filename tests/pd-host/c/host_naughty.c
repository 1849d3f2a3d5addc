/* [naughty~ KIND]: does once per block what an audio callback must not do. A counter that stays at zero
   over this object is broken. */
#include <m_pd.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define POOL 4096 /* blocks that KIND free can last */

static t_class *naughty_class;

typedef struct naughty naughty;
struct naughty {
    t_object object;
    void (*act)(naughty *);
    void *list; /* pieces of memory, each beginning with a pointer to the next */
    pthread_mutex_t mutex;
    sem_t semaphore;
    uint32_t word;
    int null_device;
};

static void push(naughty *x, void **piece) {
    if (!piece) return;
    *piece = x->list;
    x->list = piece;
}

static void *pop(naughty *x) {
    void **piece = x->list;
    if (piece) x->list = *piece;
    return piece;
}

static void *nothing(void *unused) { return unused; }

static void act_malloc(naughty *x) { push(x, malloc(64)); }
static void act_free(naughty *x) { free(pop(x)); }
static void act_lock(naughty *x) {
    pthread_mutex_lock(&x->mutex);
    pthread_mutex_unlock(&x->mutex);
}
static void act_wait(naughty *x) { sem_wait(&x->semaphore); } /* counted up far enough: never blocks */
static void act_wake(naughty *x) { sem_post(&x->semaphore); }
static void act_thread(naughty *x) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, nothing, x) == 0) pthread_join(thread, NULL);
}
static void act_futex_wait(naughty *x) { syscall(SYS_futex, &x->word, FUTEX_WAIT_PRIVATE, 1, NULL, NULL, 0); }
static void act_futex_wake(naughty *x) { syscall(SYS_futex, &x->word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0); }
static void act_system(naughty *x) {
    if (write(x->null_device, "x", 1) < 0) x->word = 0;
}
static void act_print(naughty *x) { post("naughty~ %d", (int)x->word); }

static const struct {
    const char *name;
    void (*act)(naughty *);
} kinds[] = {{"malloc", act_malloc}, {"free", act_free}, {"lock", act_lock}, {"wait", act_wait},
    {"wake", act_wake}, {"thread", act_thread}, {"futex_wait", act_futex_wait},
    {"futex_wake", act_futex_wake}, {"system", act_system}, {"print", act_print}};

static t_int *naughty_perform(t_int *w) {
    naughty *x = (naughty *)w[1];
    x->act(x);
    return w + 2;
}

static void naughty_dsp(naughty *x, t_signal **sp) {
    (void)sp;
    dsp_add(naughty_perform, 1, (t_int)x);
}

static void *naughty_new(t_symbol *kind) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].name, kind->s_name) != 0) continue;
        naughty *x = (naughty *)pd_new(naughty_class);
        x->act = kinds[i].act;
        x->list = NULL;
        x->word = 0;
        for (int piece = 0; x->act == act_free && piece < POOL; piece++) push(x, malloc(64));
        pthread_mutex_init(&x->mutex, NULL);
        sem_init(&x->semaphore, 0, x->act == act_wait ? 1 << 30 : 0);
        x->null_device = open("/dev/null", O_WRONLY);
        return x;
    }
    pd_error(NULL, "naughty~: no kind '%s'", kind->s_name);
    return NULL;
}

static void naughty_free(naughty *x) {
    for (void *piece = pop(x); piece; piece = pop(x)) free(piece);
    sem_destroy(&x->semaphore);
    pthread_mutex_destroy(&x->mutex);
    close(x->null_device);
}

void host_naughty_setup(void) {
    naughty_class = class_new(gensym("naughty~"), (t_newmethod)naughty_new, (t_method)naughty_free,
        sizeof(naughty), CLASS_DEFAULT, A_SYMBOL, 0);
    class_addmethod(naughty_class, (t_method)naughty_dsp, gensym("dsp"), A_CANT, 0);
}
