// What the headers of the C++ library expect of the compiler's, written for this aid from what they use.
#pragma once
#include <_mingw.h>
#undef __attribute__
#include <sal.h>
#include <vadefs.h>
#include <corecrt.h>
#include <math.h>
#undef exception
#include <wchar.h>

#define _VCRUNTIME_H
#ifdef __cplusplus
#define _CRT_BEGIN_C_HEADER extern "C" {
#define _CRT_END_C_HEADER }
#else
#define _CRT_BEGIN_C_HEADER
#define _CRT_END_C_HEADER
#endif
#define _STL_LANG __cplusplus
#define _HAS_CXX17 1
#define _HAS_CXX20 1
#define _HAS_CXX23 0
#define _HAS_CXX26 0
#define _HAS_NODISCARD 1
#define _NODISCARD [[nodiscard]]
#ifndef _HAS_EXCEPTIONS
#define _HAS_EXCEPTIONS 1
#endif
#ifndef _CRT_STRINGIZE
#define _CRT_STRINGIZE_(x) #x
#define _CRT_STRINGIZE(x) _CRT_STRINGIZE_(x)
#define _CRT_WIDE_(s) L ## s
#define _CRT_WIDE(s) _CRT_WIDE_(s)
#define _CRT_CONCATENATE_(a, b) a ## b
#define _CRT_CONCATENATE(a, b)  _CRT_CONCATENATE_(a, b)
#endif
#ifndef _VCRTIMP
#define _VCRTIMP
#endif
#ifndef _ACRTIMP
#define _ACRTIMP __declspec(dllimport)
#endif
#define __CLRCALL_OR_CDECL __cdecl
#define __CLRCALL_PURE_OR_CDECL __cdecl
#define __CLRCALL_PURE_OR_STDCALL __stdcall
#define __CLR_OR_THIS_CALL
#define __CRTDECL __cdecl
#undef _CRT_INSECURE_DEPRECATE
#define _CRT_INSECURE_DEPRECATE(x)
#define _CRT_DEPRECATE_TEXT(x) 
#define _VCRT_ALLOCATOR __declspec(allocator)
#define _VCRT_EXPORT_STD
#define _VCRT_NOALIAS __declspec(noalias)
#define _VCRT_RESTRICT __declspec(restrict)
#ifndef _HAS_STATIC_RTTI
#define _HAS_STATIC_RTTI 1
#endif
typedef bool __vcrt_bool;
typedef bool __crt_bool;
#define _MSVC_CONSTEXPR [[msvc::constexpr]]
#define _CRT_GUARDOVERFLOW
#define _CRT_SATELLITE_1
#define _CRT_SATELLITE_2
#define _CRT_SATELLITE_CODECVT_IDS_NOIMPORT
#define _CRT_SATELLITE_CODECVT_IDS __declspec(dllimport)
#define _Deref_post_opt_valid_
