#include "program.h"

#include <mutex>
#include <shared_mutex>

#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/ir/ir.h>

#include "depth.h"
#include "errors.h"
#include "checks.h"

namespace nn {
namespace {

using torch::jit::Block;
using torch::jit::Node;

struct Allowed {
  std::shared_mutex mutex;
  std::unordered_set<c10::Symbol> names;
};

// Never destroyed: hosts leave while models load.
Allowed &allowed_names() {
  static auto *const names = new Allowed;
  return *names;
}

[[noreturn]] void refuse(const std::string &what, const std::string &where) {
  throw Failure(NN_TORCH_REFUSED, what + "\n" + where);
}

bool written_in_cpp(const c10::QualifiedName &name) {
  return name.qualifiedName().rfind("__torch__.torch.classes", 0) == 0;
}

// "__torch__.models.___torch_mangle_3.Model.forward" without what says nothing.
std::string short_name(const c10::QualifiedName &name) {
  const auto &atoms = name.atoms();
  const auto count = atoms.size();
  return count > 2 ? atoms[count - 2] + "." + atoms[count - 1] : atoms.back();
}

// Every node, without recursion.
template <class Visit> void each_node(torch::jit::Graph &graph, Visit &&visit) {
  std::vector<Block *> left{graph.block()};
  while (!left.empty()) {
    auto *block = left.back();
    left.pop_back();
    for (auto it = block->nodes().begin(); it != block->nodes().end();) {
      auto *node = *it;
      ++it; // The visitor may put another node in this one's place.
      for (auto *inner : node->blocks()) {
        left.push_back(inner);
      }
      visit(node);
    }
  }
}

const c10::ClassType *class_of(const Node &node) {
  if (node.kind() == c10::prim::CreateObject) {
    return node.output()->type()->castRaw<c10::ClassType>();
  }
  if (node.kind() == c10::prim::CallMethod) {
    return node.input(0)->type()->castRaw<c10::ClassType>();
  }
  return nullptr;
}

} // namespace

void set_allowed(std::vector<std::string> names) {
  auto &there = allowed_names();
  const std::unique_lock lock(there.mutex);
  there.names.clear();
  for (const auto &name : names) {
    there.names.insert(c10::Symbol::fromQualString(name));
  }
}

bool allowed(c10::Symbol operator_name) {
  auto &there = allowed_names();
  const std::shared_lock lock(there.mutex);
  return there.names.count(operator_name) != 0;
}

void Program::check_class(const c10::QualifiedName &name) const {
  if (policy_.only_allowed && written_in_cpp(name)) {
    refuse(name.qualifiedName().substr(sizeof("__torch__.") - 1), "data.pkl");
  }
}

void Program::check() {
  for (auto *function : unit_.get_functions()) {
    if (seen_.insert(function).second) {
      check(*function);
    }
  }
}

void Program::check(torch::jit::Function &function) {
  const auto where = [&] { return short_name(function.qualname()); };
  auto *compiled = torch::jit::tryToGraphFunction(function);
  if (compiled == nullptr) {
    if (policy_.only_allowed) refuse(function.name(), where());
    return;
  }
  compiled->ensure_defined();
  each_node(*compiled->graph(), [&](Node *node) {
    if (policy_.only_allowed) {
      if (!allowed(node->kind())) {
        refuse(node->kind().toQualString(), where());
      }
      const auto *cls = class_of(*node);
      if (cls != nullptr && cls->name() && written_in_cpp(*cls->name())) {
        refuse(cls->name()->qualifiedName().substr(sizeof("__torch__.") - 1), where());
      }
    }
    add_checks(node);
  });
  require_short(function, *compiled->graph());
}

} // namespace nn
