// A file's bytes, once in the process: tensors lie in them, and copies share their pages until somebody writes.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <c10/core/Allocator.h>
#include <c10/core/StorageImpl.h>

namespace nn {

class Image;

// Parts of an image, each from its first byte to the one after its last.
using Stretches = std::vector<std::pair<size_t, size_t>>;

// By pages of some memory.
using Pages = std::vector<bool>;

// A part of an image as the content of storages.
class Slice final : public c10::Allocator {
public:
  Slice(Image &image, size_t offset, size_t count_bytes);

  // A storage of this content. It shares the memory until it is first written; then it gets pages of its own, of which
  // the system copies those that are written. Throws where memory cannot be had.
  c10::intrusive_ptr<c10::StorageImpl> storage();

  // The part of which a storage is a copy; null for any other.
  static Slice *of(const c10::StorageImpl &storage);

  // What has been written into a storage that is a copy of this part, in a second copy.
  c10::intrusive_ptr<c10::StorageImpl> copy_of(const c10::StorageImpl &written);

  // Which pages a storage that is a copy of this part has of its own, because somebody has written there. Empty where
  // there are none.
  Pages own_pages(const c10::StorageImpl &written) const;

  // Shares the memory of the image again, where it is back from the disk and nobody has written the copy.
  void rejoin(c10::StorageImpl &storage);

  // Gives a storage that is a copy of this part such pages, its content as it is: writing there then takes no time for
  // it. Throws where memory cannot be had.
  static void own(c10::StorageImpl &storage, const Pages &pages);

  size_t bytes() const { return count_bytes_; }
  // What of it takes memory, whoever has touched it.
  size_t held_bytes() const;
  // Keeps its content on the image's disk, or in memory again.
  bool to_disk() const;
  bool from_disk() const;
  std::shared_ptr<Image> image() const;

  // What libtorch calls when a copy is first written (for as many bytes as this has), or resized.
  c10::DataPtr allocate(size_t count_bytes) override;
  void copy_data(void *to, const void *from, size_t count_bytes) const override;

private:
  Image &image_;
  size_t offset_, count_bytes_;
  // What of it is zero, in whole pages.
  Stretches zeros_;
  // Always there, so that no copy is ever the last one, which would write into the image itself.
  c10::intrusive_ptr<c10::StorageImpl> anchor_;
};

class Image : public std::enable_shared_from_this<Image> {
public:
  // Zeros, which take no memory where the platform can help it. Throws std::bad_alloc. `count_bytes` is not 0.
  explicit Image(size_t count_bytes);
  ~Image();
  Image(const Image &) = delete;
  Image &operator=(const Image &) = delete;

  size_t size() const { return count_bytes_; }
  // For tensors. What is read here is resident; `read` is for everything else.
  char *bytes() const { return bytes_; }

  // Pages of zeros are left as they are: each byte is to be written once.
  void write(size_t at, const char *from, size_t count_bytes);
  void read(size_t at, char *into, size_t count_bytes) const;
  // Gives memory back that will not be read again, where the platform can.
  void discard(size_t at, size_t count_bytes);

  // The same for zeros among what was written at `bytes`.
  void discard_zeros(size_t at, size_t count_bytes);

  // What was touched of it need not be resident any more, where the platform can tell; reading it is all it takes.
  void leave(size_t at, size_t count_bytes) const;

  // How much memory a part takes besides what is resident: no zeros, and nothing that is on a disk, where the platform
  // can tell.
  size_t held_bytes(size_t at, size_t count_bytes) const;

  // Takes a file on a disk that nobody else can reach, for parts of the content. False where parts cannot be moved.
  bool take_disk(int file);
  // Gives it back, empty, where no part was moved.
  void leave_disk();
  // Moves the whole pages of a part there, before there are copies of it, or back. Addresses and contents stay. False where
  // it cannot be done: then nothing has changed.
  bool to_disk(size_t at, size_t count_bytes);
  bool from_disk(size_t at, size_t count_bytes);
  // Whether the pages of the part that begins here are there.
  bool is_moved(size_t at) const;

  // The content of a storage that lies in this image, from there on.
  c10::DataPtr record(size_t at);

  // The part of an image in which a storage lies that `record` has given; null for any other.
  static Slice *slice_of(const c10::StorageImpl &storage);

  // Where a part is zero and takes no memory yet, in whole pages; without short ones, and where the platform can tell.
  Stretches zeros(size_t at, size_t count_bytes) const;

  // Has zeros take no memory when they are read at `bytes`, where nothing is written from then on.
  void keep_empty(const Stretches &zeros);

  // Memory of the same content in which what is written stays there. `data` is null when the platform cannot. `zeros` are
  // those of this part: reading them there takes no memory either.
  struct Copy {
    char *data = nullptr;
    void *mapped = nullptr;
    size_t mapped_bytes = 0;
  };
  Copy copy(size_t at, size_t count_bytes, const Stretches &zeros) const;
  static void free(const Copy &copy) noexcept;

  // Of how many bytes a page is.
  static size_t page_bytes();
  // Marks the pages of a copy that are its own. False when the platform does not tell.
  static bool tell_own(const Copy &copy, Pages &own);

private:
#ifdef __linux__
  // Puts zeros, and what has been moved, into their place in a copy of the pages from `begin` to `end`.
  bool complete_copy(size_t begin, size_t end, const Stretches &zeros, char *mapped) const;
#endif
  void put(size_t at, const char *from, size_t count_bytes);
  Slice &slice(size_t at, size_t count_bytes);

  char *bytes_ = nullptr;
  size_t count_bytes_;
#ifdef _WIN32
  void *section_ = nullptr;
#else
  int file_ = -1;
#endif
#ifdef __linux__
  // Where the pages begin and end that hold nothing else.
  static std::pair<size_t, size_t> whole_pages(size_t at, size_t count_bytes);
  bool move(std::pair<size_t, size_t> pages, int from, int to);
  // The end of the stretch from `at` on that lies in one file, and that file.
  std::pair<size_t, int> stretch(size_t at, size_t end) const;

  // Where pages are that have been moved: the end of each stretch, by its beginning. In `disk_`, at the same place.
  std::map<size_t, size_t> moved_;
  int disk_ = -1;
  mutable std::mutex moving_;
#endif
  std::mutex slicing_;
  std::map<std::pair<size_t, size_t>, std::unique_ptr<Slice>> slices_;
};

} // namespace nn

// The handle of the table.
struct nn_torch_image {
  std::shared_ptr<nn::Image> image;
};
