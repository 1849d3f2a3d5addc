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
#include <sys/sendfile.h>
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

size_t Image::held_bytes(size_t, size_t count_bytes) const { return count_bytes; }

bool Image::move_to(int) { return false; }

Image::Copy Image::copy(size_t at, size_t count_bytes) const {
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

#ifdef __linux__
// Where the pages begin and end that hold nothing else.
std::pair<size_t, size_t> whole_pages(size_t at, size_t count_bytes) {
  const auto page = granularity();
  return {(at + page - 1) / page * page, (at + count_bytes) / page * page};
}
#endif

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
  if (file_ >= 0) {
    close(file_);
  }
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
  while (file_ >= 0 && count_bytes != 0) {
    const auto got = pread(file_, into, count_bytes, static_cast<off_t>(at));
    if (got <= 0) {
      break;
    }
    at += static_cast<size_t>(got);
    into += got;
    count_bytes -= static_cast<size_t>(got);
  }
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

size_t Image::held_bytes(size_t at, size_t count_bytes) const {
  if (on_disk_) {
    return 0;
  }
#ifdef __linux__
  size_t held = 0;
  const auto end = static_cast<off_t>(at + count_bytes);
  for (auto next = static_cast<off_t>(at); file_ >= 0 && next < end;) {
    const auto data = lseek(file_, next, SEEK_DATA);
    if (data < 0 || data >= end) {
      return held;
    }
    const auto hole = lseek(file_, data, SEEK_HOLE);
    if (hole <= data) {
      return count_bytes;
    }
    next = std::min(hole, end);
    held += static_cast<size_t>(next - data);
  }
  return file_ >= 0 ? held : count_bytes;
#else
  (void)at;
  return count_bytes;
#endif
}

bool Image::move_to(int file) {
#ifdef __linux__
  if (file_ < 0 || on_disk_) {
    return false;
  }
  const auto size = static_cast<off_t>(count_bytes_);
  off_t at = 0;
  // Holes stay holes: ext4 and its like read zeros there.
  bool copied = ftruncate(file, size) == 0;
  while (copied && at < size) {
    const auto data = lseek(file_, at, SEEK_DATA);
    if (data < 0) {
      copied = errno == ENXIO;
      break;
    }
    at = data;
    const auto end = std::min(size, std::max(data, lseek(file_, data, SEEK_HOLE)));
    copied = end > at && lseek(file, at, SEEK_SET) == at;
    while (copied && at < end) {
      // The place in the file that is read is told, the one in the file that is written is its own.
      const auto moved = sendfile(file, file_, &at, static_cast<size_t>(end - at));
      copied = moved > 0 || (moved < 0 && errno == EINTR);
    }
  }
  void *mapped = copied ? mmap(bytes_, count_bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0) : MAP_FAILED;
  if (mapped == MAP_FAILED) {
    return false;
  }
  close(file_);
  file_ = file;
  on_disk_ = true;
  return true;
#else
  (void)file;
  return false;
#endif
}

Image::Copy Image::copy(size_t at, size_t count_bytes) const {
  const auto begin = at / granularity() * granularity();
  const auto size = at - begin + count_bytes;
  void *mapped = nullptr;
#if defined(__linux__)
  if (file_ >= 0) {
    mapped = mapped_pages(size, MAP_PRIVATE | MAP_NORESERVE, file_, static_cast<off_t>(begin));
  }
#elif defined(__APPLE__)
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
  // proc_pid_pagemap(5): a page that is there and does not belong to a file is a copy of this process.
  constexpr uint64_t PRESENT = uint64_t{1} << 63, SWAPPED = uint64_t{1} << 62, OF_FILE = uint64_t{1} << 61;
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
      own[at + i] = (entries[i] & (PRESENT | SWAPPED)) != 0 && (entries[i] & OF_FILE) == 0;
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
