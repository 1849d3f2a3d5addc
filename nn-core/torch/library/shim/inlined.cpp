#include "inlined.h"

#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/passes/inliner.h>

namespace nn {
namespace {

using torch::jit::Block;
using torch::jit::Node;
using torch::jit::Value;

void note(Node *node, const std::string &place, Places &places) {
  places[node] = place;
  for (auto *block : node->blocks()) {
    for (auto *inner : block->nodes()) {
      note(inner, place, places);
    }
  }
}

void inline_block(Block &block, Places &places) {
  for (auto it = block.nodes().begin(); it != block.nodes().end();) {
    auto *node = *it;
    ++it; // The node may go.
    for (auto *inner : node->blocks()) {
      inline_block(*inner, places);
    }
    const bool is_method = node->kind() == c10::prim::CallMethod;
    if (!is_method && node->kind() != c10::prim::CallFunction) {
      continue;
    }
    auto *function = torch::jit::tryToGraphFunction(node);
    if (function == nullptr) {
      continue;
    }
    const auto found = places.find(node);
    const auto callers = found == places.end() ? std::string() : found->second;
    const auto place = is_method ? path_of(node->input(0)).value_or(callers) : callers;
    auto *before = node->prev();
    auto *after = node->next();
    if (!is_method) {
      node->removeInput(0); // The function itself.
    }
    torch::jit::inlineCallTo(node, function, function->graph().get());
    for (auto *made = before->next(); made != after; made = made->next()) {
      note(made, place, places);
    }
  }
}

} // namespace

std::optional<std::string> path_of(const Value *module) {
  std::string path;
  const auto *node = module->node();
  for (; node->kind() == c10::prim::GetAttr; node = node->input(0)->node()) {
    const auto &name = node->s(c10::attr::name);
    path = path.empty() ? name : name + "." + path;
  }
  const auto *graph = node->owningGraph();
  const bool is_self = node->kind() == c10::prim::Param && !graph->inputs().empty() && node == graph->inputs()[0]->node();
  return is_self ? std::optional<std::string>(path) : std::nullopt;
}

void inline_with_places(torch::jit::Graph &graph, Places &places) { inline_block(*graph.block(), places); }

} // namespace nn
