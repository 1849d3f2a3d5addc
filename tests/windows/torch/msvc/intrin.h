// clang's and not mingw-w64's, from which its jumps differ.
#pragma once
#include <setjmp.h>

#define _setjmp nn_setjmp_of_clang
#define _setjmpex nn_setjmpex_of_clang
#include NN_INTRIN_OF_CLANG
#undef _setjmp
#undef _setjmpex
