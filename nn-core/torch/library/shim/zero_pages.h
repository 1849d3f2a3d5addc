// Memory that is zero and costs nothing until it is written.
#pragma once

#include <cstddef>
#include <new>

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#define NOMINMAX
#include <windows.h>
#else
#include <sys/mman.h>
#endif

namespace nn {

class ZeroPages {
public:
  // The smallest page of all platforms; larger ones only save less.
  static constexpr size_t PAGE_BYTES = 4096;

  // Throws std::bad_alloc. `count_bytes` is not 0.
  explicit ZeroPages(size_t count_bytes) : count_bytes_(count_bytes) {
#ifdef _WIN32
    bytes_ = static_cast<char *>(VirtualAlloc(nullptr, count_bytes, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE));
    const bool failed = bytes_ == nullptr;
#else
    void *mapped = mmap(nullptr, count_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    const bool failed = mapped == MAP_FAILED;
    bytes_ = static_cast<char *>(mapped);
#endif
    if (failed) {
      throw std::bad_alloc();
    }
  }

  ~ZeroPages() {
#ifdef _WIN32
    VirtualFree(bytes_, 0, MEM_RELEASE);
#else
    munmap(bytes_, count_bytes_);
#endif
  }

  ZeroPages(const ZeroPages &) = delete;
  ZeroPages &operator=(const ZeroPages &) = delete;

  char *bytes() const { return bytes_; }

private:
  char *bytes_ = nullptr;
  size_t count_bytes_;
};

} // namespace nn
