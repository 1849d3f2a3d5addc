// mingw-w64's, without macros that stand in the way of the C++ library's functions.
#pragma once
#include_next <math.h>

#undef exception
#undef isfinite
#undef isinf
#undef isnan
#undef isnormal
#undef signbit
#undef fpclassify
#undef isgreater
#undef isgreaterequal
#undef isless
#undef islessequal
#undef islessgreater
#undef isunordered

#ifdef __cplusplus
extern "C++" {
inline bool signbit(float x) noexcept { return __builtin_signbit(x); }
inline bool signbit(double x) noexcept { return __builtin_signbit(x); }
inline bool signbit(long double x) noexcept { return __builtin_signbit(x); }
}
#endif
