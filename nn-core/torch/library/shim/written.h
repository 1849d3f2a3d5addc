// Which memory the methods of a model write, so that a copy can have it before it plays, and how many copies there may be.
#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include <torch/csrc/jit/api/module.h>

#include "image.h"

namespace nn {

// One for all forks of a file. Any thread.
class WrittenPages {
public:
  // Of a model that has never been run.
  explicit WrittenPages(const torch::jit::Module &original);

  // Adds what the runs of this copy have written, which were runs of one method. What no method writes much of comes back
  // from the disk.
  void note(const torch::jit::Module &module, size_t method);

  // Gives a copy that memory beforehand. Its content stays. Throws where memory cannot be had.
  void own(const torch::jit::Module &module, size_t method);

  // Whether the copies that a change takes fit into the memory that a model may take: the one that goes, the one that comes,
  // and one that a thread is warmed up with. True of small models, and until a copy was noted. Waits for nobody.
  bool copies_fit() const { return copies_fit_; }

  // How many bytes of state are to go to a disk, because the file's state and a copy that writes all of it are too much for
  // memory. 0 when they are not.
  size_t disk_bytes();

  // Takes a file for them, before there are copies. False where it cannot be used: then nothing has changed.
  bool to_disk(int file);

private:
  // State of the original that copies share until they write it.
  struct Part {
    std::shared_ptr<Image> image;
    Slice *slice;
    // Whether a run puts something else in its place: then only a reset needs it.
    bool is_replaced = false;
  };

  // The memory of the original.
  size_t shared_bytes() const;
  // By how many pages a part was written, whatever the method.
  size_t written_pages(const Slice *part) const;

  size_t tensor_bytes_ = 0, weight_bytes_ = 0, other_bytes_ = 0;
  std::vector<Part> parts_;
  std::atomic<bool> copies_fit_{true};
  std::mutex lock_;
  // The most that a copy has of its own besides pages of parts.
  size_t own_bytes_ = 0;
  // By methods, and by parts of the file.
  std::map<size_t, std::unordered_map<const Slice *, Pages>> pages_;
};

} // namespace nn
