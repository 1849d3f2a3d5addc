/* Plays a patch in Pure Data as fast as it goes: samples of 32 bits from one file into another, Pd's console on the standard
   output.

   pd_host EXTERNALS FOLDER PATCH INPUT OUTPUT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "z_libpd.h"

enum { TICK_FRAMES = 64, RATE_HZ = 44100 };

static void say(const char *text)
{
    fputs(text, stdout);
}

int main(int count, char **words)
{
    float in[TICK_FRAMES], out[TICK_FRAMES];
    if (count != 6)
        return fputs("pd_host EXTERNALS FOLDER PATCH INPUT OUTPUT\n", stderr), 2;
    libpd_set_printhook(say);
    libpd_init();
    libpd_init_audio(1, 1, RATE_HZ);
    libpd_add_to_search_path(words[1]);
    void *patch = libpd_openfile(words[3], words[2]);
    FILE *input = fopen(words[4], "rb"), *output = fopen(words[5], "wb");
    if (!patch || !input || !output)
        return fputs("pd_host: a file is missing\n", stderr), 2;
    libpd_start_message(1);
    libpd_add_float(1);
    libpd_finish_message("pd", "dsp");
    while (fread(in, sizeof *in, TICK_FRAMES, input) == TICK_FRAMES) {
        memset(out, 0, sizeof out);
        libpd_process_float(1, in, out);
        fwrite(out, sizeof *out, TICK_FRAMES, output);
    }
    fclose(output);
    libpd_closefile(patch);
    fflush(stdout);
    /* With the box's threads still there, as hosts do. */
    exit(0);
}
