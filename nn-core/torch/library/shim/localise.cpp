#include "localise.h"

#include <ATen/core/Tensor.h>
#include <torch/csrc/jit/ir/constants.h>

#include "gpu_share.h"

namespace nn {
namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

bool is_tensor_type(const c10::TypePtr &type) {
  if (const auto optional = type->cast<c10::OptionalType>()) {
    return is_tensor_type(optional->getElementType());
  }
  if (const auto list = type->cast<c10::ListType>()) {
    return is_tensor_type(list->getElementType());
  }
  return type->isSubtypeOf(*c10::TensorType::get());
}

// Whether the operator makes a tensor out of nothing: then "no device" means the processor, otherwise that of the
// tensors it is given.
bool makes_from_nothing(const c10::FunctionSchema &schema) {
  for (const auto &argument : schema.arguments()) {
    if (is_tensor_type(argument.type())) {
      return false;
    }
  }
  return true;
}

bool names_the_processor(const Value *value) {
  const auto constant = torch::jit::toIValue(value);
  if (!constant) {
    return false;
  }
  return (constant->isDevice() && constant->toDevice().is_cpu()) ||
         (constant->isString() && constant->toStringRef() == "cpu");
}

class Localiser {
public:
  Localiser(Graph &graph, c10::Device device) : graph_(graph), device_(device) {}

  void visit(Block &block) {
    for (auto it = block.nodes().begin(); it != block.nodes().end();) {
      auto *node = *it;
      ++it; // The node may go.
      for (auto *inner : node->blocks()) {
        visit(*inner);
      }
      visit(*node);
    }
  }

private:
  void visit(Node &node) {
    static const auto device_from_text = c10::Symbol::fromQualString("aten::device");
    static const auto to_processor = c10::Symbol::fromQualString("aten::cpu");
    if (node.kind() == c10::prim::Constant) {
      move_constant(node);
    } else if (node.kind() == device_from_text && node.inputs().size() >= 1 && names_the_processor(node.input(0))) {
      node.output()->replaceAllUsesWith(constant_before(node));
    } else if (node.kind() == to_processor) {
      node.output()->replaceAllUsesWith(node.input(0));
    } else if (const auto *schema = node.maybeSchema()) {
      place_arguments(node, *schema);
    }
  }

  void move_constant(Node &node) {
    const auto value = torch::jit::toIValue(node.output());
    if (value && value->isTensor() && value->toTensor().defined() && value->toTensor().device() != device_) {
      node.t_(c10::attr::value, moved(value->toTensor(), device_));
      node.output()->inferTypeFrom(node.t(c10::attr::value));
    }
  }

  void place_arguments(Node &node, const c10::FunctionSchema &schema) {
    const auto &arguments = schema.arguments();
    for (size_t i = 0; i < arguments.size() && i < node.inputs().size(); ++i) {
      const auto &type = arguments[i].type();
      const auto optional = type->cast<c10::OptionalType>();
      const bool takes_device = (optional ? optional->getElementType() : type)->kind() == c10::TypeKind::DeviceObjType;
      if (!takes_device) {
        continue;
      }
      const auto constant = torch::jit::toIValue(node.input(i));
      if (names_the_processor(node.input(i)) || (constant && constant->isNone() && makes_from_nothing(schema))) {
        node.replaceInput(i, constant_before(node));
      }
    }
  }

  Value *constant_before(Node &node) {
    const torch::jit::WithInsertPoint here(&node);
    return graph_.insertConstant(device_);
  }

  Graph &graph_;
  const c10::Device device_;
};

} // namespace

void localise(Graph &graph, c10::Device device) { Localiser(graph, device).visit(*graph.block()); }

} // namespace nn
