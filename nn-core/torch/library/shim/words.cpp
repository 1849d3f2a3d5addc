#include "words.h"

#include <algorithm>
#include <vector>

#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/passes/inliner.h>

namespace nn {
namespace {

using torch::jit::Block;
using torch::jit::Node;
using torch::jit::Value;

constexpr size_t MOST_WORDS = 24, MOST_BYTES = 40;

class Words {
public:
  explicit Words(const torch::jit::Module &module) : module_(module) {}

  void look(const Block &block) {
    static const auto COMPARES = {c10::Symbol::fromQualString("aten::eq"), c10::Symbol::fromQualString("aten::ne"),
                                  c10::Symbol::fromQualString("aten::__contains__")};
    for (const auto *node : block.nodes()) {
      if (std::find(COMPARES.begin(), COMPARES.end(), node->kind()) != COMPARES.end()) {
        for (const auto *input : node->inputs()) {
          take(*input);
        }
      }
      for (const auto *inner : node->blocks()) {
        look(*inner);
      }
    }
  }

  std::string text() const {
    std::string text;
    for (const auto &word : words_) {
      text += (text.empty() ? "" : ", ") + word;
    }
    return text;
  }

private:
  // What is compared with.
  void take(const Value &value) {
    const auto *node = value.node();
    if (const auto constant = torch::jit::toIValue(&value)) {
      take(*constant);
    } else if (node->kind() == c10::prim::ListConstruct || node->kind() == c10::prim::TupleConstruct) {
      for (const auto *element : node->inputs()) {
        if (const auto constant = torch::jit::toIValue(element)) {
          take(*constant);
        }
      }
    } else if (node->kind() == c10::prim::GetAttr && value.type()->kind() != c10::TypeKind::StringType) {
      // A single text is a setting; a list of them is a choice.
      if (const auto held = attribute(*node)) {
        take(*held);
      }
    }
  }

  void take(const c10::IValue &value) {
    if (value.isString()) {
      const auto &word = value.toStringRef();
      const bool is_new = std::find(words_.begin(), words_.end(), word) == words_.end();
      if (is_new && !word.empty() && word.size() <= MOST_BYTES && words_.size() < MOST_WORDS) {
        words_.push_back(word);
      }
    } else if (value.isList()) {
      for (const c10::IValue &element : value.toListRef()) {
        take(element);
      }
    } else if (value.isTuple()) {
      for (const auto &element : value.toTupleRef().elements()) {
        take(element);
      }
    } else if (value.isGenericDict()) {
      for (const auto &entry : value.toGenericDict()) {
        take(entry.key());
      }
    }
  }

  // What the module, or one inside it, holds under the name that a node reads.
  std::optional<c10::IValue> attribute(const Node &node) const {
    std::vector<std::string> path{node.s(c10::attr::name)};
    const auto *from = node.input(0)->node();
    while (from->kind() == c10::prim::GetAttr) {
      path.push_back(from->s(c10::attr::name));
      from = from->input(0)->node();
    }
    c10::IValue value = module_._ivalue();
    for (auto name = path.rbegin(); name != path.rend(); ++name) {
      if (!value.isObject() || !value.toObjectRef().type()->hasAttribute(*name)) {
        return std::nullopt;
      }
      value = value.toObjectRef().getAttr(*name);
    }
    return value;
  }

  const torch::jit::Module &module_;
  std::vector<std::string> words_;
};

} // namespace

std::string words_of(const torch::jit::Module &module, const torch::jit::Method &method) {
  const auto graph = method.graph()->copy();
  torch::jit::Inline(*graph);
  Words words(module);
  words.look(*graph->block());
  return words.text();
}

} // namespace nn
