// Copies of state that is mostly zero.
#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

namespace nn {

// One copy per tensor; an undefined tensor where a plain clone must do.
//
// Models keep state for many lanes of a batch and a box uses few: most of it stays zero for ever. These copies lie in
// one piece of fresh zero pages, of which only those are touched that have something else to hold. An autoencoder
// with 64 lanes takes a twentieth of the memory that way.
std::vector<at::Tensor> sparse_copies(const std::vector<at::Tensor> &tensors);

} // namespace nn
