#include "bodies.h"

#include <algorithm>

#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/passes/constant_pooling.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>
#include <torch/csrc/jit/passes/inliner.h>

#include "here.h"

namespace nn {
namespace {

// Deeper than modules stand in each other; calls through interfaces stay for ever.
constexpr int MOST_DEPTH = 32;

bool has(const torch::jit::Block &block, std::initializer_list<c10::Symbol> kinds) {
  for (const auto *node : block.nodes()) {
    if (std::find(kinds.begin(), kinds.end(), node->kind()) != kinds.end()) {
      return true;
    }
    for (const auto *inner : node->blocks()) {
      if (has(*inner, kinds)) {
        return true;
      }
    }
  }
  return false;
}

bool calls(const torch::jit::Block &block) { return has(block, {c10::prim::CallMethod, c10::prim::CallFunction}); }

// What is called and not written out may begin some too.
bool may_begin_tasks(const torch::jit::Block &block) {
  return has(block, {c10::prim::fork, c10::prim::CallMethod, c10::prim::CallFunction});
}

// Calls run without the graph executor's optimisation, whose first calls are slow. The one part of it that helps a
// stream is done here: the code of called modules is written into the caller's, which saves the interpreter a frame for
// each of them at every call.
// Inside a CallScope: else every called method is optimised first, which takes longer than all the rest of a load.
std::shared_ptr<torch::jit::Graph> written_out(const torch::jit::Method &method) {
  auto graph = torch::jit::toGraphFunction(method.function()).graph()->copy();
  // One level at a time.
  for (int depth = 0; depth < MOST_DEPTH && calls(*graph->block()); ++depth) {
    torch::jit::Inline(*graph);
  }
  torch::jit::ConstantPooling(graph);
  torch::jit::EliminateDeadCode(graph);
  return graph;
}

} // namespace

c10::IValue Bodies::run(size_t index, const torch::jit::Method &method, torch::jit::Stack stack) {
  std::call_once(once_[index], [&] {
    const auto graph = written_out(method);
    begins_tasks_[index] = may_begin_tasks(*graph->block());
    // No function around it, which would keep two copies more.
    executors_[index] = {graph, method.name()};
  });
  method.function().getSchema().checkAndNormalizeInputs(stack);
  if (begins_tasks_[index]) {
    return run_here(executors_[index], stack);
  }
  executors_[index].run(stack);
  return std::move(stack.front());
}

} // namespace nn
