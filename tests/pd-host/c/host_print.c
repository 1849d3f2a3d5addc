/* Pd's console. Printing inside dsp_tick is counted; what the host then does with the text is not. */
#include "host_count.h"
#include <z_libpd.h>

void host_console(const char *text); /* src/libpd/hooks.rs */

static void print(const char *text) {
    int inside = host_inside;
    host_count(HOST_PRINT);
    host_inside = 0;
    host_console(text);
    host_inside = inside;
}

void host_print_setup(void) { libpd_set_printhook(print); }
