/* What Max has since 8.6 and older ones lack: a library of its own, which is not there while the host plays an older
   Max, so that looking for its functions fails as it does there. */
#include "max_api.h"

/* In src/. */
t_atomarray *host_arrayobj_register(t_atomarray *a, t_symbol **name);
t_max_err host_arrayobj_unregister(t_atomarray *a);
t_atomarray *host_arrayobj_findregistered_retain(t_symbol *name);
t_atomarray *host_arrayobj_findregistered_clone(t_symbol *name);
t_max_err host_arrayobj_release(t_atomarray *a);
t_symbol *host_arrayobj_namefromptr(t_atomarray *a);

t_atomarray *arrayobj_register(t_atomarray *a, t_symbol **name) { return host_arrayobj_register(a, name); }
t_max_err arrayobj_unregister(t_atomarray *a) { return host_arrayobj_unregister(a); }
t_atomarray *arrayobj_findregistered_retain(t_symbol *name) { return host_arrayobj_findregistered_retain(name); }
t_atomarray *arrayobj_findregistered_clone(t_symbol *name) { return host_arrayobj_findregistered_clone(name); }
t_max_err arrayobj_release(t_atomarray *a) { return host_arrayobj_release(a); }
t_symbol *arrayobj_namefromptr(t_atomarray *a) { return host_arrayobj_namefromptr(a); }
