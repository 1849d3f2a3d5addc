/* Functions with any number of arguments: read here, handed to the host as plain ones. */
#include "max_api.h"
#include <stdarg.h>
#include <stdio.h>

#define MAX_TYPES 16

/* In src/. */
t_class *host_class_new(const char *name, method new_, method free_, long size, const int *types, long count);
t_max_err host_class_addmethod(t_class *c, method m, const char *name, const int *types, long count);
void host_console(int kind, t_object *x, const char *line);
t_max_err host_attr_addattr(t_class *c, const char *attr, const char *name, const char *text);

static long read_types(int *types, int first, va_list list) {
    long count = 0;
    for (int type = first; type != A_NOTHING && count < MAX_TYPES; type = va_arg(list, int)) types[count++] = type;
    return count;
}

t_class *class_new(const char *name, const method new_, const method free_, long size, const method menu, short type, ...) {
    int types[MAX_TYPES];
    va_list list;
    (void)menu;
    va_start(list, type);
    long count = read_types(types, type, list);
    va_end(list);
    return host_class_new(name, new_, free_, size, types, count);
}

t_max_err class_addmethod(t_class *c, const method m, const char *name, ...) {
    int types[MAX_TYPES];
    va_list list;
    va_start(list, name);
    long count = read_types(types, va_arg(list, int), list);
    va_end(list);
    return host_class_addmethod(c, m, name, types, count);
}

#define SAY(kind, x) \
    char line[2048]; \
    va_list list; \
    va_start(list, format); \
    vsnprintf(line, sizeof line, format, list); \
    va_end(list); \
    host_console(kind, x, line)

void post(const char *format, ...) { SAY(0, 0); }
void error(const char *format, ...) { SAY(2, 0); }
void object_post(t_object *x, const char *format, ...) { SAY(0, x); }
void object_warn(t_object *x, const char *format, ...) { SAY(1, x); }
void object_error(t_object *x, const char *format, ...) { SAY(2, x); }

/* The system's console, not Max's: for whoever develops an external. */
void cpost(const char *format, ...) {
    va_list list;
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
}

/* Answers as snprintf, and always ends the text. */
int snprintf_zero(char *text, size_t size, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int length = vsnprintf(text, size, format, list);
    va_end(list);
    return length;
}

t_max_err class_attr_addattr_format(t_class *c, const char *attr, const char *name, const t_symbol *type, long flags,
    const char *format, ...) {
    char text[512];
    va_list list;
    (void)type;
    (void)flags;
    /* "s" a symbol, "l" a long, "f" a double: one of them. */
    va_start(list, format);
    if (format[0] == 's') snprintf(text, sizeof text, "%s", va_arg(list, t_symbol *)->s_name);
    else if (format[0] == 'l') snprintf(text, sizeof text, "%ld", va_arg(list, long));
    else snprintf(text, sizeof text, "%g", va_arg(list, double));
    va_end(list);
    return host_attr_addattr(c, attr, name, text);
}
