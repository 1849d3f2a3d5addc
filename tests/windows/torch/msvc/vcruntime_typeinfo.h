// Types at run time, with the layout and the names that Microsoft's runtime has in its libraries.
#pragma once
#include <math.h>
#undef exception
#include <vcruntime.h>
#include <vcruntime_exception.h>

struct __std_type_info_data {
  const char *_UndecoratedName;
  const char _DecoratedName[1];
  __std_type_info_data() = delete;
};
struct __type_info_node {
  void *first;
  void *second;
};
extern __type_info_node __type_info_root_node;

extern "C" {
__declspec(dllimport) int __cdecl __std_type_info_compare(const __std_type_info_data *, const __std_type_info_data *);
__declspec(dllimport) size_t __cdecl __std_type_info_hash(const __std_type_info_data *);
__declspec(dllimport) const char *__cdecl __std_type_info_name(__std_type_info_data *, __type_info_node *);
}

class type_info {
public:
  type_info(const type_info &) = delete;
  type_info &operator=(const type_info &) = delete;
  size_t hash_code() const noexcept { return __std_type_info_hash(&data); }
  bool operator==(const type_info &other) const noexcept { return __std_type_info_compare(&data, &other.data) == 0; }
  bool before(const type_info &other) const noexcept { return __std_type_info_compare(&data, &other.data) < 0; }
  const char *name() const noexcept { return __std_type_info_name(&data, &__type_info_root_node); }
  const char *raw_name() const noexcept { return data._DecoratedName; }
  virtual ~type_info() noexcept;

private:
  mutable __std_type_info_data data;
};

namespace std {

using ::type_info;

class bad_cast : public exception {
public:
  bad_cast() noexcept : exception("bad cast", 1) {}
  static bad_cast __construct_from_string_literal(const char *text) noexcept { return bad_cast(text, 1); }

private:
  bad_cast(const char *text, int) noexcept : exception(text, 1) {}
};

class bad_typeid : public exception {
public:
  bad_typeid() noexcept : exception("bad typeid", 1) {}

private:
  friend class __non_rtti_object;
  bad_typeid(const char *text, int) noexcept : exception(text, 1) {}
};

class __non_rtti_object : public bad_typeid {
public:
  __non_rtti_object(const char *text, int) : bad_typeid(text, 1) {}
};

} // namespace std
