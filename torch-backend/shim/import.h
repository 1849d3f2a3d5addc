// From the bytes of a TorchScript archive to a module, with every function looked at before any of it runs.
#pragma once

#include <memory>

#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/api/module.h>

namespace nn {

// What is done with the code of a file before it runs.
struct Policy {
  // Operators that are not on the list of allowed ones are refused.
  bool only_allowed = true;
};

// Does what `torch::jit::load` does, on the processor, without debug information. Objects may have a `__setstate__`,
// which runs while the file is read: their classes are checked and guarded (`checked`) before that.
torch::jit::Module import_module(std::shared_ptr<caffe2::serialize::ReadAdapterInterface> file, Policy policy);

} // namespace nn
