// Which memory the methods of a model write, so that a copy can have it before it plays.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <unordered_map>

#include <torch/csrc/jit/api/module.h>

#include "image.h"

namespace nn {

// One for all forks of a file. Any thread.
class WrittenPages {
public:
  // Adds what the runs of this copy have written, which were runs of one method.
  void note(const torch::jit::Module &module, size_t method);

  // Gives a copy that memory beforehand. Its content stays. Throws where memory cannot be had.
  void own(const torch::jit::Module &module, size_t method);

  // Whether two copies that have run fit into the memory that a model may take: half as much again as its tensors,
  // whose parameters it has once. True of small ones, and until a copy was noted.
  bool fit_twice();

private:
  std::mutex lock_;
  bool fit_twice_ = true;
  // By methods, and by parts of the file; those are never looked into from here.
  std::map<size_t, std::unordered_map<const Slice *, Pages>> pages_;
};

// Whether so much memory is too much for a model with so many bytes of tensors.
bool is_large(size_t tensor_bytes, size_t held_bytes);

} // namespace nn
