#include "checks.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/runtime/custom_operator.h>

#include "guard.h"

namespace nn {
namespace {

using torch::jit::Node;
using torch::jit::Stack;
using torch::jit::Value;

// Operators of TorchScript that hand two whole numbers to the processor's division.
constexpr std::array<std::string_view, 6> DIVISIONS = {
    "aten::floordiv", "aten::remainder", "aten::__round_to_zero_floordiv", "aten::divmod", "aten::fmod", "aten::gcd"};

const c10::Symbol CHECK_DIVISION = c10::Symbol::fromQualString("nn::check_division");
const c10::Symbol CHECK_LIST = c10::Symbol::fromQualString("nn::check_list");
const c10::Symbol MANUAL_SEED = c10::Symbol::fromQualString("aten::manual_seed");
const c10::Symbol SEED_CALLER = c10::Symbol::fromQualString("nn::seed_caller");
const c10::Symbol CHECK_TYPE = c10::Symbol::fromQualString("nn::check_number_type");

void check_division(Stack &stack) {
  const auto divisor = torch::jit::pop(stack);
  const auto dividend = torch::jit::pop(stack);
  if (!divisor.isInt() || !dividend.isInt()) return;
  TORCH_CHECK(divisor.toInt() != 0, "integer division or modulo by zero");
  TORCH_CHECK(divisor.toInt() != -1 || dividend.toInt() != std::numeric_limits<int64_t>::min(),
              "integer division: the result does not fit into 64 bits");
}

// libtorch computes with constants while it compiles, before there is a graph to put a check into. So the operators
// themselves check too; whoever else uses them in this process gets an exception where the process would have ended.
void guard_divisions() {
  for (const auto name : DIVISIONS) {
    const auto symbol = c10::Symbol::fromQualString(std::string(name));
    // A copy: the registry changes meanwhile.
    const auto registered = torch::jit::getAllOperatorsFor(symbol);
    for (const auto &found : registered) {
      const auto schema = found->schema();
      const auto &arguments = schema.arguments();
      const auto whole = [](const c10::Argument &argument) {
        return argument.type()->kind() == c10::TypeKind::IntType || argument.type()->kind() == c10::TypeKind::NumberType;
      };
      if (found->isC10Op() || arguments.size() != 2 || !whole(arguments[0]) || !whole(arguments[1])) continue;
      auto run = found->getOperation();
      torch::jit::Operator guarded(
          schema.name(), schema.overload_name(), arguments, schema.returns(),
          [run](Stack &stack) mutable {
            Stack operands(stack.end() - 2, stack.end());
            check_division(operands);
            run(stack);
          },
          found->aliasAnalysisKind());
      torch::jit::deregisterOperator(schema);
      torch::jit::registerOperator(std::move(guarded));
    }
  }
}

bool is_number_type(const c10::IValue &value) {
  return !value.isInt() || (value.toInt() >= 0 && value.toInt() < static_cast<int64_t>(c10::ScalarType::NumOptions));
}

void require_number_type(const c10::IValue &value) {
  TORCH_CHECK(is_number_type(value), "there is no type of numbers ", value.toInt());
}

void check_number_type(Stack &stack) { require_number_type(torch::jit::pop(stack)); }

void check_list(Stack &stack) {
  const auto list = torch::jit::pop(stack);
  TORCH_CHECK(!list.isList() || !list.toList().empty(), "interpolate: a list of sizes or factors is empty");
}

void seed_operator(Stack &stack) { seed_caller(static_cast<uint64_t>(torch::jit::pop(stack).toInt())); }

bool may_be_whole(const Value &value) {
  return value.type()->kind() == c10::TypeKind::IntType || value.type()->kind() == c10::TypeKind::NumberType;
}

// Puts a check in front of a node.
void insert_before(Node &node, c10::Symbol check, at::ArrayRef<Value *> inputs) {
  auto *made = node.owningGraph()->create(check, inputs, /*num_outputs=*/0);
  made->setSourceRange(node.sourceRange());
  made->insertBefore(&node);
}

// TorchScript has types of numbers as whole numbers, and libtorch looks any of them up in tables.
void guard_number_types(Node &node) {
  const auto *schema = node.maybeSchema();
  if (schema == nullptr) return;
  const auto &arguments = schema->arguments();
  for (size_t i = 0; i < std::min(arguments.size(), node.inputs().size()); ++i) {
    const auto *type = arguments[i].real_type().get();
    if (const auto *optional = type->castRaw<c10::OptionalType>()) type = optional->getElementType().get();
    // Some operators of TorchScript's own have them as plain numbers.
    const bool plain = arguments[i].name() == "dtype" && type->kind() == c10::TypeKind::IntType;
    if (type->kind() != c10::TypeKind::ScalarTypeType && !plain) continue;
    auto *input = node.input(i);
    if (const auto constant = torch::jit::toIValue(input)) {
      require_number_type(*constant);
    } else if (input->node()->kind() != c10::prim::dtype) {
      insert_before(node, CHECK_TYPE, {input});
    }
  }
}

} // namespace

void register_checks() {
  // Another copy of this library in the same process may have been here before; the operators are the same.
  if (!torch::jit::getAllOperatorsFor(CHECK_DIVISION).empty()) return;
  guard_divisions();
  // With effects: so that no pass takes a check away because nothing reads what it gives.
  const auto effects = c10::AliasAnalysisKind::CONSERVATIVE;
  torch::jit::registerOperator({"nn::check_division(Any dividend, Any divisor) -> ()", check_division, effects});
  torch::jit::registerOperator({"nn::check_number_type(Any type) -> ()", check_number_type, effects});
  torch::jit::registerOperator({"nn::check_list(Any list) -> ()", check_list, effects});
  torch::jit::registerOperator({"nn::seed_caller(int seed) -> ()", seed_operator, effects});
}

void add_checks(Node *node) {
  if (node->kind() == MANUAL_SEED && node->inputs().size() == 1 &&
      node->input(0)->type()->kind() == c10::TypeKind::IntType) {
    insert_before(*node, SEED_CALLER, {node->input(0)});
    node->destroy();
    return;
  }
  const std::string_view name = node->kind().toQualString();
  if (std::find(DIVISIONS.begin(), DIVISIONS.end(), name) != DIVISIONS.end() && node->inputs().size() == 2 &&
      may_be_whole(*node->input(0)) && may_be_whole(*node->input(1))) {
    insert_before(*node, CHECK_DIVISION, {node->input(0), node->input(1)});
  }
  // They read the first of a list that may have none.
  if (name.rfind("aten::__interpolate", 0) == 0 || name.rfind("aten::__upsample", 0) == 0) {
    for (auto *input : node->inputs()) {
      if (input->type()->kind() == c10::TypeKind::ListType || input->type()->kind() == c10::TypeKind::OptionalType) {
        insert_before(*node, CHECK_LIST, {input});
      }
    }
  }
  guard_number_types(*node);
}

} // namespace nn
