#include "bodies.h"

#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/passes/constant_pooling.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>
#include <torch/csrc/jit/passes/inliner.h>

#include "localise.h"

namespace nn {
namespace {

// Deeper than modules stand in each other; calls through interfaces stay for ever.
constexpr int MOST_DEPTH = 32;

bool calls(const torch::jit::Block &block) {
  for (const auto *node : block.nodes()) {
    if (node->kind() == c10::prim::CallMethod || node->kind() == c10::prim::CallFunction) {
      return true;
    }
    for (const auto *inner : node->blocks()) {
      if (calls(*inner)) {
        return true;
      }
    }
  }
  return false;
}

// Calls run without the graph executor's optimisation, whose first calls are slow. The one part of it that helps a
// stream is done here: the code of called modules is written into the caller's, which saves the interpreter a frame for
// each of them at every call.
// Inside a CallScope: else every called method is optimised first, which takes longer than all the rest of a load.
torch::jit::GraphExecutor written_out(const torch::jit::Method &method, std::optional<c10::Device> device) {
  auto graph = torch::jit::toGraphFunction(method.function()).graph()->copy();
  // One level at a time.
  for (int depth = 0; depth < MOST_DEPTH && calls(*graph->block()); ++depth) {
    torch::jit::Inline(*graph);
  }
  if (device) {
    localise(*graph, *device);
  }
  torch::jit::ConstantPooling(graph);
  torch::jit::EliminateDeadCode(graph);
  // No function around it, which would keep two copies more.
  return {graph, method.name()};
}

} // namespace

c10::IValue Bodies::run(size_t index, const torch::jit::Method &method, torch::jit::Stack stack) {
  std::call_once(once_[index], [&] { executors_[index] = written_out(method, device_); });
  method.function().getSchema().checkAndNormalizeInputs(stack);
  executors_[index].run(stack);
  return std::move(stack.front());
}

} // namespace nn
