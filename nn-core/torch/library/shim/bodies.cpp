#include "bodies.h"

#include <algorithm>

#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/passes/constant_pooling.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>
#include <torch/csrc/jit/passes/inliner.h>

#include "depth.h"
#include "here.h"
#include "localise.h"

namespace nn {
namespace {

// Deeper than modules stand in each other; calls through interfaces stay for ever.
constexpr int MOST_DEPTH = 32;

// A model of some thousand operators called twice by what is called twice, and so on, would fill any memory.
constexpr size_t MOST_NODES = 1 << 18;

// How many nodes the code of everything that is called directly has.
size_t called_nodes(const torch::jit::Block &block) {
  size_t nodes = 0;
  const auto add = [&](torch::jit::Function *function) {
    if (auto *called = function == nullptr ? nullptr : torch::jit::tryToGraphFunction(*function)) {
      nodes += node_count(*called->graph());
    }
  };
  for (const auto *node : block.nodes()) {
    if (node->kind() == c10::prim::CallFunction) {
      const auto type = node->input(0)->type()->cast<c10::FunctionType>();
      add(type ? type->function() : nullptr);
    } else if (node->kind() == c10::prim::CallMethod) {
      const auto type = node->input(0)->type()->cast<c10::ClassType>();
      add(type ? type->findMethod(node->s(c10::attr::name)) : nullptr);
    }
    for (const auto *inner : node->blocks()) {
      nodes += called_nodes(*inner);
    }
  }
  return nodes;
}

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

} // namespace

bool may_begin_tasks(const torch::jit::Block &block) {
  return has(block, {c10::prim::fork, c10::prim::CallMethod, c10::prim::CallFunction});
}

// Calls run without the graph executor's optimisation, whose first calls are slow. The one part of it that helps a
// stream is done here: the code of called modules is written into the caller's, which saves the interpreter a frame for
// each of them at every call.
// Inside a CallScope: else every called method is optimised first, which takes longer than all the rest of a load.
std::shared_ptr<torch::jit::Graph> written_out(const torch::jit::Method &method, std::optional<c10::Device> device,
                                               Places *places) {
  auto graph = torch::jit::toGraphFunction(method.function()).graph()->copy();
  // One level at a time.
  for (int depth = 0; depth < MOST_DEPTH && calls(*graph->block()); ++depth) {
    if (node_count(*graph) + called_nodes(*graph->block()) > MOST_NODES) {
      break;
    }
    if (places != nullptr) {
      inline_with_places(*graph, *places);
    } else {
      torch::jit::Inline(*graph);
    }
  }
  if (bytecode_stack(*graph) > MOST_BYTECODE_STACK) {
    // Each function by itself is within it.
    graph = torch::jit::toGraphFunction(method.function()).graph()->copy();
    if (places != nullptr) {
      places->clear();
    }
  }
  if (device) {
    localise(*graph, *device);
  }
  torch::jit::ConstantPooling(graph);
  torch::jit::EliminateDeadCode(graph);
  return graph;
}

c10::IValue run_body(torch::jit::GraphExecutor &executor, bool begins_tasks, const torch::jit::Method &method,
                     torch::jit::Stack stack) {
  method.function().getSchema().checkAndNormalizeInputs(stack);
  if (begins_tasks) {
    return run_here(executor, stack);
  }
  executor.run(stack);
  return std::move(stack.front());
}

c10::IValue Bodies::run(size_t index, const torch::jit::Method &method, torch::jit::Stack stack) {
  std::call_once(once_[index], [&] {
    const auto graph = written_out(method, device_);
    begins_tasks_[index] = may_begin_tasks(*graph->block());
    // No function around it, which would keep two copies more.
    executors_[index] = {graph, method.name()};
  });
  return run_body(executors_[index], begins_tasks_[index] != 0, method, std::move(stack));
}

} // namespace nn
