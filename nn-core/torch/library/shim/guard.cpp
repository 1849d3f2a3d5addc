#include "guard.h"

#include <limits>
#include <map>
#include <unordered_set>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/library.h>

namespace nn {
namespace {

using c10::DispatchKey;
using c10::DispatchKeySet;
using c10::OperatorHandle;
using Stack = torch::jit::Stack;

constexpr auto KEY = DispatchKey::PreDispatch;

// libtorch itself calls operators of these.
const std::unordered_set<std::string> OPEN_NAMESPACES = {"aten", "prim", "prims", "mkldnn", "onednn", "mkl", "nn"};

thread_local Caller *caller = nullptr;

void go_on(const OperatorHandle &op, DispatchKeySet keys, Stack *stack) {
  op.redispatchBoxed(keys & DispatchKeySet(DispatchKeySet::FULL_AFTER, KEY), stack);
}

const c10::IValue &argument(const OperatorHandle &op, const Stack &stack, size_t index) {
  return torch::jit::peek(stack, index, op.schema().arguments().size());
}

void refused(const OperatorHandle &op, DispatchKeySet keys, Stack *stack) {
  // Without a caller it is one of another copy of this library.
  TORCH_CHECK(caller != nullptr && !caller->only_allowed, "the operator ", op.operator_name().name,
              " is refused: models may only compute");
  go_on(op, keys, stack);
}

// Whether the numbers are drawn on the processor, where the generator is.
bool on_cpu(const OperatorHandle &op, const Stack &stack) {
  for (size_t i = 0; i < op.schema().arguments().size(); ++i) {
    const auto &value = argument(op, stack, i);
    if ((value.isTensor() && value.toTensor().defined() && !value.toTensor().is_cpu()) ||
        (value.isDevice() && !value.toDevice().is_cpu())) {
      return false;
    }
  }
  return true;
}

// Who does not say which generator gets the caller's.
void draws(const OperatorHandle &op, DispatchKeySet keys, Stack *stack) {
  const auto &arguments = op.schema().arguments();
  if (caller != nullptr && on_cpu(op, *stack)) {
    for (size_t i = 0; i < arguments.size(); ++i) {
      auto &value = torch::jit::peek(*stack, i, arguments.size());
      if (arguments[i].name() == "generator" && value.isNone()) {
        value = caller->generator;
      }
    }
  }
  go_on(op, keys, stack);
}

at::Tensor as_tensor(const c10::IValue &value) {
  return value.isTensor() ? value.toTensor() : at::scalar_tensor(value.toScalar(), value.isInt() ? at::kLong : at::kFloat);
}

// The processor traps where the smallest whole number is divided by -1.
void divides(const OperatorHandle &op, DispatchKeySet keys, Stack *stack) {
  const auto &mode = argument(op, *stack, 2);
  if (mode.isString() && mode.toStringRef() == "trunc") {
    const auto dividend = as_tensor(argument(op, *stack, 0)), divisor = as_tensor(argument(op, *stack, 1));
    const auto type = at::result_type(dividend, divisor);
    if ((type == at::kInt || type == at::kLong) && dividend.is_cpu() && divisor.is_cpu()) {
      const int64_t least = type == at::kInt ? std::numeric_limits<int32_t>::min() : std::numeric_limits<int64_t>::min();
      TORCH_CHECK(!dividend.eq(least).logical_and(divisor.eq(-1)).any().item<bool>(),
                  "integer division: the result does not fit into its type");
    }
  }
  go_on(op, keys, stack);
}

// The least whole number has no multiple in common with others that fits its type, and the processor traps on the way.
void finds_multiples(const OperatorHandle &op, DispatchKeySet keys, Stack *stack) {
  const auto a = argument(op, *stack, 0).toTensor(), b = argument(op, *stack, 1).toTensor();
  const auto type = at::result_type(a, b);
  if ((type == at::kInt || type == at::kLong) && a.is_cpu() && b.is_cpu()) {
    const int64_t least = type == at::kInt ? std::numeric_limits<int32_t>::min() : std::numeric_limits<int64_t>::min();
    TORCH_CHECK(!a.eq(least).any().item<bool>() && !b.eq(least).any().item<bool>(),
                "least common multiple: the result does not fit into its type");
  }
  go_on(op, keys, stack);
}

// It divides by how many weights there are.
void normalises_weights(const OperatorHandle &op, DispatchKeySet keys, Stack *stack) {
  TORCH_CHECK(argument(op, *stack, 0).toTensor().numel() != 0, "weight_norm: there are no weights");
  go_on(op, keys, stack);
}

// It writes to the rows that it is told, wherever that is.
void renormalises(const OperatorHandle &op, DispatchKeySet keys, Stack *stack) {
  const auto weight = argument(op, *stack, 0).toTensor(), rows = argument(op, *stack, 1).toTensor();
  if (rows.numel() != 0 && weight.dim() > 0) {
    TORCH_CHECK(rows.min().item<int64_t>() >= 0 && rows.max().item<int64_t>() < weight.size(0),
                "embedding: an index is out of range");
  }
  go_on(op, keys, stack);
}

// One for each namespace. Never destroyed: that would take the kernels away, which crashes under load.
torch::Library &library(const std::string &space) {
  static auto *const libraries = new std::map<std::string, std::unique_ptr<torch::Library>>;
  auto &made = (*libraries)[space];
  if (!made) {
    made = std::make_unique<torch::Library>(torch::Library::IMPL, space, KEY, __FILE__, __LINE__);
  }
  return *made;
}

template <void (*Kernel)(const OperatorHandle &, DispatchKeySet, Stack *)> void guard(const c10::OperatorName &name) {
  const auto space = name.getNamespace().value_or("");
  auto local = name.name.substr(space.size() + 2);
  if (!name.overload_name.empty()) {
    local += "." + name.overload_name;
  }
  library(std::string(space)).impl(local.c_str(), torch::CppFunction::makeFromBoxedFunction<Kernel>());
}

bool takes_generator(const OperatorHandle &op) {
  for (const auto &argument : op.schema().arguments()) {
    if (argument.name() == "generator") return true;
  }
  return false;
}

at::Generator unforeseeable() { return at::make_generator<at::CPUGeneratorImpl>(c10::detail::getNonDeterministicRandom()); }

} // namespace

Caller::Caller(bool only_allowed) : generator(unforeseeable()), only_allowed(only_allowed) {}

Caller::Caller(const Caller &other) : only_allowed(other.only_allowed) {
  auto there = other.generator;
  const std::lock_guard<std::mutex> alone(there.mutex());
  generator = there.clone();
}

GuardScope::GuardScope(Caller &called_for) : outer_(caller), key_(KEY) { caller = &called_for; }

GuardScope::~GuardScope() { caller = outer_; }

void seed_caller(uint64_t seed) {
  auto generator = caller != nullptr ? caller->generator : at::detail::getDefaultCPUGenerator();
  const std::lock_guard<std::mutex> alone(generator.mutex());
  generator.set_current_seed(seed);
}

void install_guards(const std::vector<std::string> &refused_names) {
  auto &dispatcher = c10::Dispatcher::singleton();
  // Another copy of this library in the same process has been here before: one guard is enough. Its boxes draw random
  // numbers from their own generators, ours from the process's.
  const auto there = dispatcher.findSchema({"aten::from_file", ""});
  if (there && there->hasKernelForDispatchKey(KEY)) return;
  const std::unordered_set<std::string> names(refused_names.begin(), refused_names.end());
  for (const auto &name : dispatcher.getAllOpNames()) {
    const auto op = dispatcher.findSchema(name);
    if (!op || op->hasKernelForDispatchKey(KEY)) continue;
    const auto space = std::string(name.getNamespace().value_or(""));
    if (OPEN_NAMESPACES.count(space) == 0 || names.count(name.name) != 0) {
      guard<refused>(name);
    } else if (space != "aten") {
      continue;
    } else if ((name.name == "aten::div" || name.name == "aten::div_") &&
               name.overload_name.find("mode") != std::string::npos) {
      guard<divides>(name);
    } else if (name.name == "aten::lcm" || name.name == "aten::lcm_") {
      guard<finds_multiples>(name);
    } else if (name.name == "aten::_weight_norm" || name.name == "aten::_weight_norm_interface") {
      guard<normalises_weights>(name);
    } else if (name.name == "aten::embedding_renorm_") {
      guard<renormalises>(name);
    } else if (takes_generator(*op)) {
      guard<draws>(name);
    }
  }
}

} // namespace nn
