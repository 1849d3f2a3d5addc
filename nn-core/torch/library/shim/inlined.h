// Writes the code of called modules into the caller's, and notes for every node which module it is of.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include <torch/csrc/jit/ir/ir.h>

namespace nn {

// The path of the module whose code a node was ("decoder.net.1"); none for nodes of the method itself.
using Places = std::unordered_map<const torch::jit::Node *, std::string>;

// The path of a module, from the attributes through which the model gives it; nothing where it is no attribute.
std::optional<std::string> path_of(const torch::jit::Value *module);

// Does what `torch::jit::Inline` does, one level deep, and notes where the new nodes are from. Inside a CallScope.
void inline_with_places(torch::jit::Graph &graph, Places &places);

} // namespace nn
