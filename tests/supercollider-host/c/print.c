/* What a plug-in prints with: the text goes on as one string. */
#include <stdarg.h>
#include <stdio.h>

void sc_host_printed(const char *text);

int sc_host_print(const char *format, ...) {
    char text[8192];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    sc_host_printed(text);
    return length;
}
