// What libtorch does with a function by recursion after it has compiled it.
#pragma once

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>

namespace nn {

// The stack in bytes that writing the bytecode of a graph takes: blocks inside each other, and runs of operators whose
// results are each used once, by the next.
size_t bytecode_stack(const torch::jit::Graph &graph);

// The most that a thread which loads models has for it.
constexpr size_t MOST_BYTECODE_STACK = 6 << 20;

// Nodes of a graph with all its blocks.
size_t node_count(const torch::jit::Graph &graph);

// Throws unless the code of a function is within that.
void require_short(const torch::jit::Function &function, const torch::jit::Graph &graph);

// Writes the bytecode of these methods, and of all that they may call, now: on this thread, not on the one that calls them first, which may be a host's with a small stack.
// Inside a CallScope.
void prepare_functions(const torch::jit::Module &module, const std::vector<torch::jit::Function *> &methods);

} // namespace nn
