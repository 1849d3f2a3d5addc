// Stand-ins for operators of TorchScript that would end the process, or change it for others.
#pragma once

#include <torch/csrc/jit/ir/ir.h>

namespace nn {

// Registers the operators that stand in with libtorch, once.
void install_stand_ins();

// Looks at a node of a graph that has not run: a division of whole numbers gets a check in front of it, as does a type of
// numbers that is computed; `torch.manual_seed` begins the model's own random numbers anew. Throws where a constant is
// no type of numbers. The node may be gone afterwards.
void put_stand_ins(torch::jit::Node *node);

} // namespace nn
