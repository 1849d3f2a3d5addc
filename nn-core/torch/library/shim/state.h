// A model's state for a second model.
#pragma once

#include <memory>
#include <vector>

#include <ATen/core/ivalue.h>
#include <torch/csrc/jit/api/module.h>

#include "image.h"

namespace nn {

// What the memo already knows is not copied.
using Memo = c10::IValue::HashIdentityIValueMap;
// What the memory of a model's tensors belongs to.
using Images = std::vector<std::shared_ptr<Image>>;

// All tensors that a value holds, each once.
std::vector<at::Tensor> tensors_of(const c10::IValue &root);

// Writes into the memo what the tensors of a model on the processor become in a copy of it, but for those that a plain
// clone does well for. Parameters are themselves. State is copied by storages, so that tensors that share memory share it
// in the copy too; a parameter that shares memory with state counts as state.
//
// Large state takes memory only where it is written: until then it is that of the file (`image.h`). `images` gets what the
// copy is to keep alive.
void copy_state(const torch::jit::Module &module, Memo &memo, Images &images);

} // namespace nn
