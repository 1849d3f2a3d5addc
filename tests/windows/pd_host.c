/* Plays a patch in Pure Data as fast as it goes: samples of 32 bits from one file into another, Pd's console on the standard
   output.

   pd_host EXTERNALS FOLDER PATCH INPUT OUTPUT

   Any text may be in their names; Pd wants UTF-8. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "z_libpd.h"

enum { TICK_FRAMES = 64, RATE_HZ = 44100, UTF8_BYTES = 4096 };

static void say(const char *text)
{
    fputs(text, stdout);
}

static const char *utf8(const wchar_t *text)
{
    char *bytes = calloc(1, UTF8_BYTES);
    if (!bytes || !WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, UTF8_BYTES, NULL, NULL))
        exit(2);
    return bytes;
}

int wmain(int count, wchar_t **words)
{
    float in[TICK_FRAMES], out[TICK_FRAMES];
    if (count != 6)
        return fputs("pd_host EXTERNALS FOLDER PATCH INPUT OUTPUT\n", stderr), 2;
    libpd_set_printhook(say);
    libpd_init();
    libpd_init_audio(1, 1, RATE_HZ);
    libpd_add_to_search_path(utf8(words[1]));
    void *patch = libpd_openfile(utf8(words[3]), utf8(words[2]));
    FILE *input = _wfopen(words[4], L"rb"), *output = _wfopen(words[5], L"wb");
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
