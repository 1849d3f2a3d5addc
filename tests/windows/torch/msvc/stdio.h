// mingw-w64's, and a function that its headers do not have.
#include_next <stdio.h>

#if defined(__cplusplus) && !defined(NN_STDIO)
#define NN_STDIO
extern "C" __declspec(dllimport) int __cdecl _get_stream_buffer_pointers(FILE *, char ***, char ***, int **);
#endif
