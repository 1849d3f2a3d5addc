// What each platform gives for an image: memory that is written once, and copies of its pages that are made by the
// system when they are written.
#include "image.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <new>

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#define NOMINMAX
#include <windows.h>
#else
#include <sys/mman.h>
#include <unistd.h>
#endif
#ifdef __linux__
#include <fcntl.h>
#endif
#ifdef __APPLE__
#include <mach/mach.h>
#endif

namespace nn {
namespace {

// Where mappings may begin.
size_t granularity() {
#ifdef _WIN32
  SYSTEM_INFO info;
  GetSystemInfo(&info);
  return info.dwAllocationGranularity;
#else
  return static_cast<size_t>(sysconf(_SC_PAGESIZE));
#endif
}

} // namespace

#ifdef _WIN32

Image::Image(size_t count_bytes) : count_bytes_(count_bytes) {
  const auto size = static_cast<unsigned long long>(count_bytes);
  section_ = CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE, static_cast<DWORD>(size >> 32),
                                static_cast<DWORD>(size), nullptr);
  if (section_ != nullptr) {
    bytes_ = static_cast<char *>(MapViewOfFile(section_, FILE_MAP_WRITE, 0, 0, count_bytes));
  }
  if (bytes_ == nullptr) {
    if (section_ != nullptr) {
      CloseHandle(section_);
    }
    throw std::bad_alloc();
  }
}

Image::~Image() {
  UnmapViewOfFile(bytes_);
  CloseHandle(section_);
}

void Image::put(size_t at, const char *from, size_t count_bytes) { std::memcpy(bytes_ + at, from, count_bytes); }

void Image::read(size_t at, char *into, size_t count_bytes) const { std::memcpy(into, bytes_ + at, count_bytes); }

void Image::discard(size_t, size_t) {}

void Image::leave(size_t, size_t) const {}

Image::Copy Image::copy(size_t at, size_t count_bytes, const Stretches &zeros) const {
  (void)zeros;
  const auto begin = at / granularity() * granularity();
  const auto size = at - begin + count_bytes;
  const auto offset = static_cast<unsigned long long>(begin);
  void *mapped =
      MapViewOfFile(section_, FILE_MAP_COPY, static_cast<DWORD>(offset >> 32), static_cast<DWORD>(offset), size);
  return mapped == nullptr ? Copy{} : Copy{static_cast<char *>(mapped) + (at - begin), mapped, size};
}

void Image::free(const Copy &copy) noexcept { UnmapViewOfFile(copy.mapped); }

size_t Image::page_bytes() {
  SYSTEM_INFO info;
  GetSystemInfo(&info);
  return info.dwPageSize;
}

bool Image::tell_own(const Copy &, Pages &) { return false; }

#else

namespace {

void *mapped_pages(size_t count_bytes, int sharing, int file, off_t at) {
  void *mapped = mmap(nullptr, count_bytes, PROT_READ | PROT_WRITE, sharing, file, at);
  return mapped == MAP_FAILED ? nullptr : mapped;
}

} // namespace

Image::Image(size_t count_bytes) : count_bytes_(count_bytes) {
#ifdef __linux__
  // A file without a name, in memory: nobody else can cut it while it is mapped.
  file_ = memfd_create("nn-model", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (file_ >= 0 && ftruncate(file_, static_cast<off_t>(count_bytes)) == 0) {
    fcntl(file_, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW);
    bytes_ = static_cast<char *>(mapped_pages(count_bytes, MAP_SHARED, file_, 0));
  }
  if (bytes_ == nullptr && file_ >= 0) {
    close(file_);
    file_ = -1;
  }
#endif
  if (bytes_ == nullptr) {
    bytes_ = static_cast<char *>(mapped_pages(count_bytes, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  }
  if (bytes_ == nullptr) {
    throw std::bad_alloc();
  }
}

Image::~Image() {
  munmap(bytes_, count_bytes_);
#ifdef __linux__
  for (const int file : {file_, disk_}) {
    if (file >= 0) {
      close(file);
    }
  }
#endif
}

void Image::put(size_t at, const char *from, size_t count_bytes) {
  // Through the file: what is only written need not be resident.
  while (file_ >= 0 && count_bytes != 0) {
    const auto written = pwrite(file_, from, count_bytes, static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      break;
    }
    at += static_cast<size_t>(written);
    from += written;
    count_bytes -= static_cast<size_t>(written);
  }
  if (count_bytes != 0) {
    if (file_ >= 0) {
      // No memory: a page of the mapping would be no better.
      throw std::bad_alloc();
    }
    std::memcpy(bytes_ + at, from, count_bytes);
  }
}

void Image::read(size_t at, char *into, size_t count_bytes) const {
#ifdef __linux__
  const std::lock_guard lock(moving_);
  while (file_ >= 0 && count_bytes != 0) {
    const auto [end, file] = stretch(at, at + count_bytes);
    const auto got = pread(file, into, end - at, static_cast<off_t>(at));
    if (got <= 0) {
      break;
    }
    at += static_cast<size_t>(got);
    into += got;
    count_bytes -= static_cast<size_t>(got);
  }
#endif
  std::memcpy(into, bytes_ + at, count_bytes);
}

void Image::discard(size_t at, size_t count_bytes) {
#ifdef __linux__
  const auto [begin, end] = whole_pages(at, count_bytes);
  if (file_ >= 0 && begin < end) {
    fallocate(file_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(begin),
              static_cast<off_t>(end - begin));
  }
#else
  (void)at, (void)count_bytes;
#endif
}

void Image::leave(size_t at, size_t count_bytes) const {
#ifdef __linux__
  // The content stays in the file.
  const auto [begin, end] = whole_pages(at, count_bytes);
  if (file_ >= 0 && begin < end) {
    madvise(bytes_ + begin, end - begin, MADV_DONTNEED);
  }
#else
  (void)at, (void)count_bytes;
#endif
}

Image::Copy Image::copy(size_t at, size_t count_bytes, const Stretches &zeros) const {
  const auto begin = at / granularity() * granularity();
  const auto size = at - begin + count_bytes;
  void *mapped = nullptr;
#if defined(__linux__)
  if (file_ >= 0) {
    mapped = mapped_pages(size, MAP_PRIVATE | MAP_NORESERVE, file_, static_cast<off_t>(begin));
  }
  if (mapped != nullptr && !complete_copy(begin, begin + size, zeros, static_cast<char *>(mapped))) {
    munmap(mapped, size);
    mapped = nullptr;
  }
#elif defined(__APPLE__)
  (void)zeros;
  vm_address_t address = 0;
  vm_prot_t now = VM_PROT_NONE, most = VM_PROT_NONE;
  const auto done = vm_remap(mach_task_self(), &address, size, 0, VM_FLAGS_ANYWHERE, mach_task_self(),
                             reinterpret_cast<vm_address_t>(bytes_ + begin), /*copy=*/TRUE, &now, &most,
                             VM_INHERIT_DEFAULT);
  if (done == KERN_SUCCESS) {
    mapped = reinterpret_cast<void *>(address);
    if ((now & VM_PROT_WRITE) == 0) {
      munmap(mapped, size);
      mapped = nullptr;
    }
  }
#endif
  return mapped == nullptr ? Copy{} : Copy{static_cast<char *>(mapped) + (at - begin), mapped, size};
}

void Image::free(const Copy &copy) noexcept { munmap(copy.mapped, copy.mapped_bytes); }

size_t Image::page_bytes() { return granularity(); }

#ifdef __linux__
bool Image::tell_own(const Copy &copy, Pages &own) {
  // proc_pid_pagemap(5): a page that does not belong to a file, and is nowhere else (as the page of zeros is that was only
  // read), is a copy of this process.
  constexpr uint64_t SWAPPED = uint64_t{1} << 62, OF_FILE = uint64_t{1} << 61, NOWHERE_ELSE = uint64_t{1} << 56;
  const int map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (map < 0) {
    return false;
  }
  std::array<uint64_t, 512> entries;
  const auto first = reinterpret_cast<uintptr_t>(copy.mapped) / page_bytes();
  bool told = true;
  for (size_t at = 0; told && at < own.size(); at += entries.size()) {
    const auto count = std::min(entries.size(), own.size() - at);
    const auto bytes = static_cast<ssize_t>(count * sizeof(uint64_t));
    told = pread(map, entries.data(), static_cast<size_t>(bytes), static_cast<off_t>((first + at) * sizeof(uint64_t))) ==
           bytes;
    for (size_t i = 0; told && i < count; ++i) {
      own[at + i] = (entries[i] & (SWAPPED | NOWHERE_ELSE)) != 0 && (entries[i] & OF_FILE) == 0;
    }
  }
  close(map);
  return told;
}
#else
bool Image::tell_own(const Copy &, Pages &) { return false; }
#endif

#endif

} // namespace nn
