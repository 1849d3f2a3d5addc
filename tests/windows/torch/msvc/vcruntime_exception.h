// The bases of exceptions, with the layout and the names that Microsoft's runtime has in its libraries.
#pragma once
#include <math.h>
#undef exception
#include <vcruntime.h>

typedef void(__cdecl *terminate_handler)();
typedef void(__cdecl *unexpected_handler)();

struct __std_exception_data {
  const char *_What;
  bool _DoFree;
};

extern "C" {
[[noreturn]] __declspec(dllimport) void __cdecl terminate() noexcept;
__declspec(dllimport) terminate_handler __cdecl set_terminate(terminate_handler) noexcept;
__declspec(dllimport) terminate_handler __cdecl _get_terminate() noexcept;
__declspec(dllimport) void __cdecl __std_exception_copy(const __std_exception_data *, __std_exception_data *);
__declspec(dllimport) void __cdecl __std_exception_destroy(__std_exception_data *);
}

namespace std {

class exception {
public:
  exception() noexcept : data() {}
  explicit exception(const char *text) noexcept : data() {
    const __std_exception_data given = {text, true};
    __std_exception_copy(&given, &data);
  }
  // A text that lives for ever.
  exception(const char *text, int) noexcept : data() { data._What = text; }
  exception(const exception &other) noexcept : data() { __std_exception_copy(&other.data, &data); }
  exception &operator=(const exception &other) noexcept {
    if (this != &other) {
      __std_exception_destroy(&data);
      __std_exception_copy(&other.data, &data);
    }
    return *this;
  }
  virtual ~exception() noexcept { __std_exception_destroy(&data); }
  virtual const char *what() const { return data._What ? data._What : "unknown exception"; }

private:
  __std_exception_data data;
};

class bad_exception : public exception {
public:
  bad_exception() noexcept : exception("bad exception", 1) {}
};

class bad_array_new_length;

class bad_alloc : public exception {
public:
  bad_alloc() noexcept : exception("bad allocation", 1) {}

private:
  friend class bad_array_new_length;
  bad_alloc(const char *text) noexcept : exception(text, 1) {}
};

class bad_array_new_length : public bad_alloc {
public:
  bad_array_new_length() noexcept : bad_alloc("bad array new length") {}
};

} // namespace std
