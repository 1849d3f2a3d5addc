/* Whether a patch is still there: it may have been closed by a message. */
#include <m_pd.h>
#include <g_canvas.h>

int host_patch_is_open(void *patch) {
    for (t_canvas *canvas = pd_getcanvaslist(); canvas; canvas = canvas->gl_next)
        if ((void *)canvas == patch) return 1;
    return 0;
}
