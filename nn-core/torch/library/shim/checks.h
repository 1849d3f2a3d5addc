// Checks before operators of TorchScript that would end the process, or change it for others.
#pragma once

#include <torch/csrc/jit/ir/ir.h>

namespace nn {

// Registers the operators that check with libtorch, once.
void register_checks();

// Looks at a node of a graph that has not run: a division of whole numbers gets a check in front of it, as does a type of
// numbers that is computed; `torch.manual_seed` begins the model's own random numbers anew. Throws where a constant is
// no type of numbers. The node may be gone afterwards.
void add_checks(torch::jit::Node *node);

} // namespace nn
