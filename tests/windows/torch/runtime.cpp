// What Microsoft's compiler links into every library, as far as the shim asks for it: operators new and delete, the entry
// point, thread-local memory, statics of functions, probes of the stack.
#include <vcruntime.h>
#include <vcruntime_new.h>
#include <vcruntime_typeinfo.h>

#include <windows.h>

extern "C" {
void *malloc(size_t);
void free(void *);
void *_aligned_malloc(size_t, size_t);
void _aligned_free(void *);
}

namespace std {
const nothrow_t nothrow{};
}

__type_info_node __type_info_root_node{};
type_info::~type_info() noexcept {}

namespace {

void *there(void *memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

} // namespace

// In the order of the standard.
void *operator new(size_t n) { return there(malloc(n ? n : 1)); }
void *operator new(size_t n, const std::nothrow_t &) noexcept { return malloc(n ? n : 1); }
void *operator new[](size_t n) { return operator new(n); }
void *operator new[](size_t n, const std::nothrow_t &t) noexcept { return operator new(n, t); }
void operator delete(void *p) noexcept { free(p); }
void operator delete(void *p, const std::nothrow_t &) noexcept { free(p); }
void operator delete[](void *p) noexcept { free(p); }
void operator delete[](void *p, const std::nothrow_t &) noexcept { free(p); }
void operator delete(void *p, size_t) noexcept { free(p); }
void operator delete[](void *p, size_t) noexcept { free(p); }
void *operator new(size_t n, std::align_val_t a) { return there(_aligned_malloc(n ? n : 1, static_cast<size_t>(a))); }
void *operator new[](size_t n, std::align_val_t a) { return operator new(n, a); }
void operator delete(void *p, std::align_val_t) noexcept { _aligned_free(p); }
void operator delete[](void *p, std::align_val_t) noexcept { _aligned_free(p); }
void operator delete(void *p, size_t, std::align_val_t) noexcept { _aligned_free(p); }
void operator delete[](void *p, size_t, std::align_val_t) noexcept { _aligned_free(p); }

extern "C" {

int _fltused = 0x9875;
// No instructions that a processor may lack.
int __isa_available = 0;

// Nothing is taken down: the library stays until the process ends.
int atexit(void (*)()) { return 0; }

// Thread-local memory: between these two the linker collects it.
unsigned _tls_index = 0;
#pragma section(".tls", read, write)
#pragma section(".tls$ZZZ", read, write)
#pragma section(".CRT$XLA", read)
#pragma section(".CRT$XLZ", read)
__declspec(allocate(".tls")) char _tls_start = 0;
__declspec(allocate(".tls$ZZZ")) char _tls_end = 0;
typedef void (*tls_callback)(void *, unsigned long, void *);
__declspec(allocate(".CRT$XLA")) tls_callback __xl_a = 0;
__declspec(allocate(".CRT$XLZ")) tls_callback __xl_z = 0;
struct tls_directory {
  void *start;
  void *end;
  unsigned *index;
  tls_callback *callbacks;
  unsigned long zeros;
  unsigned long flags;
};
extern const tls_directory _tls_used = {&_tls_start, &_tls_end, &_tls_index, &__xl_a + 1, 0, 0};

// The same for constructors of statics.
#pragma section(".CRT$XCA", read)
#pragma section(".CRT$XCZ", read)
typedef void (*constructor)();
__declspec(allocate(".CRT$XCA")) constructor __xc_a[] = {0};
__declspec(allocate(".CRT$XCZ")) constructor __xc_z[] = {0};

int __stdcall _DllMainCRTStartup(void *, unsigned long reason, void *) {
  if (reason != DLL_PROCESS_ATTACH) return 1;
  for (volatile constructor *at = __xc_a; at < static_cast<volatile constructor *>(__xc_z); ++at) {
    if (*at != nullptr) (*at)();
  }
  return 1;
}

// Statics of functions: 0 before, -1 while one thread makes them, an epoch afterwards.
long _Init_global_epoch = static_cast<long>(0x80000000);
__declspec(thread) int _Init_thread_epoch = static_cast<int>(0x80000000);
static SRWLOCK statics = SRWLOCK_INIT;
static CONDITION_VARIABLE made = CONDITION_VARIABLE_INIT;

void __cdecl _Init_thread_header(int *guard) {
  AcquireSRWLockExclusive(&statics);
  while (*guard == -1) SleepConditionVariableSRW(&made, &statics, INFINITE, 0);
  if (*guard == 0) {
    *guard = -1;
  } else {
    _Init_thread_epoch = _Init_global_epoch;
  }
  ReleaseSRWLockExclusive(&statics);
}

void __cdecl _Init_thread_footer(int *guard) {
  AcquireSRWLockExclusive(&statics);
  *guard = ++_Init_global_epoch;
  _Init_thread_epoch = _Init_global_epoch;
  ReleaseSRWLockExclusive(&statics);
  WakeAllConditionVariable(&made);
}

void __cdecl _Init_thread_abort(int *guard) {
  AcquireSRWLockExclusive(&statics);
  *guard = 0;
  ReleaseSRWLockExclusive(&statics);
  WakeAllConditionVariable(&made);
}

// `std::call_once` and `std::shared_mutex`.
int __stdcall __std_init_once_begin_initialize_clr(void **once, unsigned long flags, int *pending, void **context) noexcept {
  return InitOnceBeginInitialize(reinterpret_cast<LPINIT_ONCE>(once), flags, pending, context);
}
int __stdcall __std_init_once_complete_clr(void **once, unsigned long flags, void *context) noexcept {
  return InitOnceComplete(reinterpret_cast<LPINIT_ONCE>(once), flags, context);
}
[[noreturn]] void __stdcall __std_init_once_link_alternate_names_and_abort() noexcept { __builtin_trap(); }
void __cdecl _Smtx_lock_exclusive(void **lock) { AcquireSRWLockExclusive(reinterpret_cast<PSRWLOCK>(lock)); }
void __cdecl _Smtx_unlock_exclusive(void **lock) { ReleaseSRWLockExclusive(reinterpret_cast<PSRWLOCK>(lock)); }
void __cdecl _Smtx_lock_shared(void **lock) { AcquireSRWLockShared(reinterpret_cast<PSRWLOCK>(lock)); }
void __cdecl _Smtx_unlock_shared(void **lock) { ReleaseSRWLockShared(reinterpret_cast<PSRWLOCK>(lock)); }

// How printf and its like behave.
unsigned long long *__local_stdio_printf_options() {
  static unsigned long long options = 0;
  return &options;
}
__declspec(dllimport) int __cdecl __stdio_common_vsprintf(unsigned long long, char *, size_t, const char *, void *,
                                                          __builtin_va_list);
int __cdecl _scprintf(const char *format, ...) {
  __builtin_va_list words;
  __builtin_va_start(words, format);
  const int count = __stdio_common_vsprintf(2, 0, 0, format, 0, words);
  __builtin_va_end(words);
  return count;
}

void nn_pure_call() { __builtin_trap(); }

} // extern "C"

// Touches each page of a large frame on the stack (rax bytes).
asm(R"(
    .globl __chkstk
__chkstk:
    push %rcx
    push %rax
    cmp $0x1000, %rax
    lea 24(%rsp), %rcx
    jb 2f
1:  sub $0x1000, %rcx
    orq $0, (%rcx)
    sub $0x1000, %rax
    cmp $0x1000, %rax
    ja 1b
2:  sub %rax, %rcx
    orq $0, (%rcx)
    pop %rax
    pop %rcx
    ret
)");

// The virtual functions of `type_info`.
asm(R"(
    .section .rdata,"dr"
    .globl "??_7type_info@@6B@"
    .p2align 3
"??_7type_info@@6B@":
    .quad nn_pure_call
    .text
)");
