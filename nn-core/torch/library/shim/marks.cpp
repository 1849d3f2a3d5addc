#include "marks.h"

#include <mutex>
#include <unordered_set>

#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/runtime/custom_operator.h>

#include "products.h"

namespace nn {
namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

// Code of a file cannot name it: it is on no list of allowed operators.
constexpr const char *MARK_SCHEMA = "nn_profile::mark(int site, ...) -> ()";

c10::Symbol mark_kind() {
  static const auto kind = c10::Symbol::fromQualString("nn_profile::mark");
  return kind;
}

// The site, and, of what multiplies, the inputs.
void mark(torch::jit::Stack &stack) {
  const auto count = static_cast<size_t>(torch::jit::pop(stack).toInt());
  if (auto *recorder = Recorder::current()) {
    const auto inputs = torch::jit::last(stack, count);
    recorder->enter_and_count(static_cast<size_t>(inputs[0].toInt()), inputs.slice(1));
  }
  torch::jit::drop(stack, count);
}

// When something is profiled for the first time: until then libtorch is as it is without this.
void register_mark() {
  static std::once_flag once;
  std::call_once(once, [] {
    // With side effects: nobody takes it away or moves it.
    constexpr auto STAYS = c10::AliasAnalysisKind::CONSERVATIVE;
    torch::jit::registerOperator(torch::jit::Operator(MARK_SCHEMA, torch::jit::Operation(mark), STAYS));
  });
}

bool is_tensor(const c10::TypePtr &type) {
  if (const auto list = type->cast<c10::ListType>()) {
    return is_tensor(list->getElementType());
  }
  if (const auto optional = type->cast<c10::OptionalType>()) {
    return is_tensor(optional->getElementType());
  }
  return type->isSubtypeOf(*c10::TensorType::get());
}

// Looks at tensors and computes nothing.
bool only_looks(const Node &node) {
  static const std::unordered_set<std::string> NAMES = {
      "aten::size", "aten::dim", "aten::len", "aten::numel", "aten::__getitem__", "aten::append", "aten::list",
      "aten::warn", "aten::__isnot__", "aten::__is__",
  };
  return NAMES.count(node.kind().toQualString()) != 0;
}

bool computes(const Node &node) {
  const auto kind = node.kind();
  if (kind == c10::prim::CallMethod || kind == c10::prim::CallFunction || kind == c10::prim::fork ||
      kind == c10::prim::ConstantChunk) {
    return true;
  }
  if (kind.is_prim() || only_looks(node)) {
    return false;
  }
  const auto takes = [](const auto &values) {
    for (const Value *value : values) {
      if (is_tensor(value->type())) return true;
    }
    return false;
  };
  return takes(node.inputs()) || takes(node.outputs());
}

// Whether a value is of the model: a parameter, a constant, or one that is only seen another way.
bool is_models(const Value *value) {
  static const std::unordered_set<std::string> VIEWS = {
      "aten::t", "aten::transpose", "aten::permute", "aten::unsqueeze", "aten::squeeze",
      "aten::view", "aten::reshape", "aten::expand",
  };
  const auto *node = value->node();
  if (node->kind() == c10::prim::Constant) {
    return true;
  }
  if (node->kind() == c10::prim::GetAttr) {
    const auto type = node->input(0)->type()->cast<c10::ClassType>();
    const auto slot = type ? type->findAttributeSlot(node->s(c10::attr::name)) : std::nullopt;
    return slot && type->is_parameter(*slot);
  }
  return VIEWS.count(node->kind().toQualString()) != 0 && is_models(node->input(0));
}

class Marker {
public:
  Marker(Graph &graph, const Places &places) : graph_(graph), places_(places), sites_(first_sites()) {}

  void visit(Block &block) {
    // Whether the time is an operator's.
    bool inside = false;
    for (auto it = block.nodes().begin(); it != block.nodes().end();) {
      auto *node = *it;
      ++it;
      if (node->kind() == c10::prim::Constant) {
        continue;
      }
      if (computes(*node)) {
        put(node, add(*node), multiplies(node->kind()));
        inside = true;
        continue;
      }
      if (inside) {
        put(node, INTERPRETER, false);
        inside = false;
      }
      for (auto *inner : node->blocks()) {
        visit(*inner);
      }
    }
    if (inside) {
      put(block.return_node(), INTERPRETER, false);
    }
  }

  std::vector<Site> take() { return std::move(sites_); }

private:
  size_t add(const Node &node) {
    Site site;
    const auto found = places_.find(&node);
    site.path = found == places_.end() ? std::string() : found->second;
    site.op = node.kind().toQualString();
    if (node.kind() == c10::prim::CallMethod) {
      site.op += " " + node.s(c10::attr::name);
    }
    if (multiplies(node.kind())) {
      for (const auto *input : node.inputs()) {
        site.is_weight.push_back(is_models(input));
      }
    }
    sites_.push_back(std::move(site));
    return sites_.size() - 1;
  }

  void put(Node *before, size_t site, bool with_inputs) {
    const torch::jit::WithInsertPoint here(before);
    auto *made = graph_.create(mark_kind(), /*num_outputs=*/0);
    made->addInput(graph_.insertConstant(static_cast<int64_t>(site)));
    if (with_inputs) {
      for (auto *input : before->inputs()) {
        made->addInput(input);
      }
    }
    graph_.insertNode(made);
  }

  Graph &graph_;
  const Places &places_;
  std::vector<Site> sites_;
};

} // namespace

std::vector<Site> put_marks(Graph &graph, const Places &places) {
  register_mark();
  Marker marker(graph, places);
  marker.visit(*graph.block());
  return marker.take();
}

} // namespace nn
