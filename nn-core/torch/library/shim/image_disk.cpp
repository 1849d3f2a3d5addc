// Parts of an image on a disk: those that only a reset needs, where memory for them is too much. Linux; elsewhere the system
// does not tell what memory a part takes.
#include "image.h"

#ifdef __linux__
#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace nn {

#ifndef __linux__

size_t Image::held_bytes(size_t, size_t count_bytes) const { return count_bytes; }

Stretches Image::zeros(size_t, size_t) const { return {}; }

void Image::keep_empty(const Stretches &) {}

bool Image::take_disk(int) { return false; }

void Image::leave_disk() {}

bool Image::to_disk(size_t, size_t) { return false; }

bool Image::from_disk(size_t, size_t) { return false; }

bool Image::is_moved(size_t) const { return false; }

#else

namespace {

// Shorter ones are not worth a mapping of their own, of which a process has 65,530.
constexpr size_t LEAST_ZEROS_BYTES = 256 << 10;

// Memory of zeros in place of a hole in a file in memory, which would be filled when it is read through a mapping.
bool map_zeros(char *place, size_t count_bytes) {
  const void *mapped = mmap(place, count_bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
  if (mapped == MAP_FAILED) {
    return false;
  }
  // A page of 2 MB for one number would be too much.
  madvise(place, count_bytes, MADV_NOHUGEPAGE);
  return true;
}

void punch(int file, size_t begin, size_t end) {
  fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(begin),
            static_cast<off_t>(end - begin));
}

// Copies what is not a hole.
bool copy_file(int from, int to, size_t begin, size_t end) {
  std::vector<char> piece(1 << 20);
  auto at = static_cast<off_t>(begin);
  const auto last = static_cast<off_t>(end);
  while (at < last) {
    const auto data = lseek(from, at, SEEK_DATA);
    if (data < 0 || data >= last) {
      return data >= 0 || errno == ENXIO;
    }
    const auto hole = std::min(last, lseek(from, data, SEEK_HOLE));
    if (hole <= data) {
      return false;
    }
    for (at = data; at < hole;) {
      const auto wanted = std::min(piece.size(), static_cast<size_t>(hole - at));
      const auto got = pread(from, piece.data(), wanted, at);
      for (ssize_t done = 0; done < got;) {
        const auto put = pwrite(to, piece.data() + done, static_cast<size_t>(got - done), at + done);
        if (put <= 0) {
          return false;
        }
        done += put;
      }
      if (got <= 0) {
        return false;
      }
      at += got;
    }
  }
  return true;
}

} // namespace

std::pair<size_t, size_t> Image::whole_pages(size_t at, size_t count_bytes) {
  const auto page = page_bytes();
  return {(at + page - 1) / page * page, (at + count_bytes) / page * page};
}

std::pair<size_t, int> Image::stretch(size_t at, size_t end) const {
  const auto next = moved_.upper_bound(at);
  if (next != moved_.begin()) {
    if (const auto last = std::prev(next); at < last->second) {
      return {std::min(end, last->second), disk_};
    }
  }
  return {next == moved_.end() ? end : std::min(end, next->first), file_};
}

size_t Image::held_bytes(size_t at, size_t count_bytes) const {
  const std::lock_guard lock(moving_);
  if (file_ < 0) {
    return count_bytes;
  }
  size_t held = 0;
  const auto end = static_cast<off_t>(at + count_bytes);
  for (auto next = static_cast<off_t>(at); next < end;) {
    // What was moved left a hole.
    const auto data = lseek(file_, next, SEEK_DATA);
    if (data < 0 || data >= end) {
      break;
    }
    next = std::min(end, std::max(data + 1, lseek(file_, data, SEEK_HOLE)));
    held += static_cast<size_t>(next - data);
  }
  return held;
}

bool Image::take_disk(int file) {
  const std::lock_guard lock(moving_);
  if (file_ < 0 || disk_ >= 0 || ftruncate(file, static_cast<off_t>(count_bytes_)) != 0) {
    return false;
  }
  disk_ = file;
  return true;
}

void Image::leave_disk() {
  const std::lock_guard lock(moving_);
  if (moved_.empty() && disk_ >= 0 && ftruncate(disk_, 0) == 0) {
    disk_ = -1;
  }
}

bool Image::move(std::pair<size_t, size_t> pages, int from, int to) {
  const auto [begin, end] = pages;
  // On the disk before it is looked at there: what cannot be written is known now.
  if (begin >= end) {
    return false;
  }
  if (!copy_file(from, to, begin, end) || (to == disk_ && fdatasync(to) != 0)) {
    // A full disk is not to stay full.
    punch(to, begin, end);
    return false;
  }
  const void *mapped = mmap(bytes_ + begin, end - begin, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, to,
                            static_cast<off_t>(begin));
  if (mapped == MAP_FAILED) {
    return false;
  }
  return true;
}

bool Image::to_disk(size_t at, size_t count_bytes) {
  const std::lock_guard lock(moving_);
  const auto pages = whole_pages(at, count_bytes);
  if (disk_ < 0 || moved_.count(pages.first) != 0 || !move(pages, file_, disk_)) {
    return false;
  }
  moved_.emplace(pages.first, pages.second);
  punch(file_, pages.first, pages.second);
  return true;
}

bool Image::is_moved(size_t at) const {
  const std::lock_guard lock(moving_);
  return moved_.count(whole_pages(at, 0).first) != 0;
}

bool Image::from_disk(size_t at, size_t count_bytes) {
  const std::lock_guard lock(moving_);
  const auto pages = whole_pages(at, count_bytes);
  const auto known = moved_.find(pages.first);
  if (known == moved_.end() || known->second != pages.second || !move(pages, disk_, file_)) {
    return false;
  }
  // It stays there all the same: copies may share those pages.
  moved_.erase(known);
  return true;
}

Stretches Image::zeros(size_t at, size_t count_bytes) const {
  const std::lock_guard lock(moving_);
  Stretches zeros;
  const auto [begin, end] = whole_pages(at, count_bytes);
  for (auto next = begin; file_ >= 0 && next < end;) {
    const auto hole = lseek(file_, static_cast<off_t>(next), SEEK_HOLE);
    if (hole < 0 || static_cast<size_t>(hole) >= end) {
      break;
    }
    const auto data = lseek(file_, hole, SEEK_DATA);
    next = data < 0 ? end : std::min(end, static_cast<size_t>(data));
    if (next - static_cast<size_t>(hole) >= LEAST_ZEROS_BYTES) {
      zeros.emplace_back(hole, next);
    }
  }
  return zeros;
}

void Image::keep_empty(const Stretches &zeros) {
  for (const auto &[from, to] : zeros) {
    map_zeros(bytes_ + from, to - from);
  }
}

bool Image::complete_copy(size_t begin, size_t end, const Stretches &zeros, char *mapped) const {
  const std::lock_guard lock(moving_);
  for (auto at = begin; at < end;) {
    const auto [next, file] = stretch(at, end);
    if (file != file_ && mmap(mapped + (at - begin), next - at, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_NORESERVE | MAP_FIXED, file, static_cast<off_t>(at)) == MAP_FAILED) {
      return false;
    }
    at = next;
  }
  return std::all_of(zeros.begin(), zeros.end(), [&](const auto &stretch) {
    return map_zeros(mapped + (stretch.first - begin), stretch.second - stretch.first);
  });
}

#endif

} // namespace nn
