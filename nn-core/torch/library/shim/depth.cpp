#include "depth.h"

#include <unordered_map>
#include <unordered_set>

#include <torch/csrc/jit/api/function_impl.h>

#include "errors.h"

namespace nn {
namespace {

using torch::jit::Block;
using torch::jit::Function;
using torch::jit::Node;

// Measured on Linux x86-64 with libtorch 2.13: 390 bytes an operator, 1,050 a block.
constexpr size_t OPERATOR_BYTES = 512, BLOCK_BYTES = 1'280;

size_t block_stack(const Block &block) {
  std::unordered_map<const Node *, size_t> runs;
  size_t longest = 0, inner = 0;
  const auto look = [&](const Node *node) {
    size_t run = 0;
    for (const auto *input : node->inputs()) {
      if (input->uses().size() == 1 && input->node()->outputs().size() == 1) {
        const auto found = runs.find(input->node());
        run = std::max(run, found == runs.end() ? 0 : found->second);
      }
    }
    runs.emplace(node, run + 1);
    longest = std::max(longest, run + 1);
    for (const auto *within : node->blocks()) {
      inner = std::max(inner, block_stack(*within));
    }
  };
  for (const auto *node : block.nodes()) {
    look(node);
  }
  look(block.return_node());
  return longest * OPERATOR_BYTES + BLOCK_BYTES + inner;
}

size_t count(const Block &block) {
  size_t nodes = 0;
  for (const auto *node : block.nodes()) {
    ++nodes;
    for (const auto *within : node->blocks()) {
      nodes += count(*within);
    }
  }
  return nodes;
}

// Everything that the code of a function may call; through an interface, every method of that name.
void add_callees(const Block &block, const std::vector<Function *> &all, std::vector<Function *> &callees) {
  for (const auto *node : block.nodes()) {
    if (node->kind() == c10::prim::CallFunction) {
      if (const auto type = node->input(0)->type()->cast<c10::FunctionType>()) {
        callees.push_back(type->function());
      }
    } else if (node->kind() == c10::prim::CallMethod) {
      const auto &name = node->s(c10::attr::name);
      if (const auto type = node->input(0)->type()->cast<c10::ClassType>()) {
        if (auto *method = type->findMethod(name)) {
          callees.push_back(method);
        }
      } else {
        for (auto *function : all) {
          if (function->name() == name) {
            callees.push_back(function);
          }
        }
      }
    }
    for (const auto *within : node->blocks()) {
      add_callees(*within, all, callees);
    }
  }
}

} // namespace

size_t bytecode_stack(const torch::jit::Graph &graph) { return block_stack(*graph.block()); }

size_t node_count(const torch::jit::Graph &graph) { return count(*graph.block()); }

void require_short(const Function &function, const torch::jit::Graph &graph) {
  if (const auto stack = bytecode_stack(graph); stack > MOST_BYTECODE_STACK) {
    throw Failure(NN_TORCH_THREW, "the code of " + function.name() + " is one run of too many operators (it would take " +
                                      std::to_string(stack >> 10) + " kB of stack, the most is " +
                                      std::to_string(MOST_BYTECODE_STACK >> 10) +
                                      "): export the model in smaller functions");
  }
}

void prepare_functions(const torch::jit::Module &module, const std::vector<Function *> &methods) {
  const auto all = module._ivalue()->compilation_unit()->get_functions();
  std::unordered_set<Function *> done;
  auto open = methods;
  while (!open.empty()) {
    auto *function = open.back();
    open.pop_back();
    auto *graph_function = torch::jit::tryToGraphFunction(*function);
    if (graph_function == nullptr || !done.insert(function).second) {
      continue;
    }
    torch::jit::Stack none;
    graph_function->get_executor().getPlanFor(none);
    add_callees(*graph_function->graph()->block(), all, open);
  }
}

} // namespace nn
