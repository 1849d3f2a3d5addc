// From the image of a TorchScript archive to a module, with every function looked at before any of it runs.
#pragma once

#include <memory>

#include <torch/csrc/jit/api/module.h>

#include "image.h"

namespace nn {

// What is done with the code of a file before it runs.
struct Policy {
  // Operators that are not on the list of allowed ones are refused.
  bool only_allowed = true;
  // Whether all tensors stand in the file as they are, not packed.
  bool stored = true;
};

// Does what `torch::jit::load` does, on the processor, without debug information. Objects may have a `__setstate__`,
// which runs while the file is read: their classes are checked and guarded (`checked`) before that. Tensors lie in the
// image, which lives as long as they do; those that cannot (packed, or not where vector instructions want them) in a second
// one.
torch::jit::Module import_module(const std::shared_ptr<Image> &file, Policy policy);

} // namespace nn
