// mingw-w64's, and the overloads that C++ wants.
#include_next <stdlib.h>

#if defined(__cplusplus) && !defined(NN_STDLIB)
#define NN_STDLIB
extern "C++" {
inline long abs(long x) noexcept { return x < 0 ? -x : x; }
inline long long abs(long long x) noexcept { return x < 0 ? -x : x; }
}
#endif
