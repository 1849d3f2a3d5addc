// What a generator says while it works, read beside it.
//
// The interpreter is not for two threads at a time on one object: a tensor or a list that one thread replaces while another
// takes it is gone under its hands. So no code of the model runs for this. The methods of which the SDK makes the
// answer (`get_progress_percentage`, `request_cancel_forward_pass`) do sums with plain numbers; these numbers are found once,
// while nothing runs, and then read and written where they lie. Code that does anything else is not watched.
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/ir/ir.h>

#include "bodies.h"
#include "errors.h"
#include "model.h"
#include "scope.h"
#include "table.h"

namespace nn {
namespace {

using torch::jit::Node;
using ModuleObject = c10::intrusive_ptr<c10::ivalue::Object>;

// A number of an object, in its place.
struct NumberSlot {
  ModuleObject object;
  size_t slot;
};

bool is_plain(const c10::Type &type) {
  return type.kind() == c10::TypeKind::FloatType || type.kind() == c10::TypeKind::IntType ||
         type.kind() == c10::TypeKind::BoolType;
}

double plain_number(const c10::IValue &value) {
  if (value.isDouble()) return value.toDouble();
  if (value.isInt()) return static_cast<double>(value.toInt());
  if (value.isBool()) return value.toBool() ? 1.0 : 0.0;
  return std::numeric_limits<double>::quiet_NaN();
}

// One step of a sum: a constant, a number in its place, or two earlier steps with a sign between them.
struct SumStep {
  char kind;
  double constant = 0.0;
  NumberSlot place{};
  size_t left = 0, right = 0;
};

char sign_of(const Node &node) {
  const std::string_view name = node.kind().toQualString();
  if (node.inputs().size() != 2) return 0;
  if (name == "aten::add") return '+';
  if (name == "aten::sub") return '-';
  if (name == "aten::mul") return '*';
  return name == "aten::div" ? '/' : 0;
}

// The code of a method as sums and as numbers that it writes; nothing where it does anything else.
class Sums {
public:
  static std::optional<Sums> of(const torch::jit::Module &module, const char *name) {
    const auto method = module.find_method(name);
    if (!method || method->function().getSchema().arguments().size() != 1) return std::nullopt;
    const auto graph = written_out(*method, std::nullopt);
    Sums plan;
    plan.objects_.emplace(graph->inputs()[0], module._ivalue());
    for (const auto *node : graph->nodes()) {
      if (!plan.take(*node)) return std::nullopt;
    }
    if (graph->outputs().size() == 1) {
      const auto found = plan.numbers_.find(graph->outputs()[0]);
      if (found != plan.numbers_.end()) plan.result_ = found->second;
    }
    plan.objects_.clear();
    plan.numbers_.clear();
    plan.constants_.clear();
    return plan;
  }

  bool has_result() const { return result_.has_value(); }
  bool writes() const { return !writes_.empty(); }

  double result() const {
    std::vector<double> values;
    values.reserve(steps_.size());
    for (const auto &step : steps_) {
      values.push_back(value(step, values));
    }
    return result_ ? values[*result_] : std::numeric_limits<double>::quiet_NaN();
  }

  void write() const {
    for (const auto &[place, value] : writes_) {
      place.object->setSlot(place.slot, value);
    }
  }

private:
  static double value(const SumStep &step, const std::vector<double> &values) {
    switch (step.kind) {
    case 'c': return step.constant;
    case 'p': return plain_number(step.place.object->getSlot(step.place.slot));
    case '+': return values[step.left] + values[step.right];
    case '-': return values[step.left] - values[step.right];
    case '*': return values[step.left] * values[step.right];
    default: return values[step.left] / values[step.right];
    }
  }

  void add(const torch::jit::Value *value, SumStep step) {
    numbers_.emplace(value, steps_.size());
    steps_.push_back(std::move(step));
  }

  bool take(const Node &node) {
    if (node.kind() == c10::prim::Constant) {
      const auto constant = torch::jit::toIValue(node.output());
      if (constant && constant->isScalar()) {
        constants_.emplace(node.output(), *constant);
        add(node.output(), {'c', plain_number(*constant)});
      }
      return true;
    }
    if (node.kind() == c10::prim::GetAttr) return read(node);
    if (node.kind() == c10::prim::SetAttr) return written(node);
    const auto sign = sign_of(node);
    const auto left = sign == 0 ? numbers_.end() : numbers_.find(node.input(0));
    const auto right = sign == 0 ? numbers_.end() : numbers_.find(node.input(1));
    if (left == numbers_.end() || right == numbers_.end()) return false;
    add(node.output(), {sign, 0.0, {}, left->second, right->second});
    return true;
  }

  std::optional<NumberSlot> place_of(const Node &node) const {
    const auto found = objects_.find(node.input(0));
    if (found == objects_.end()) return std::nullopt;
    const auto slot = found->second->type()->findAttributeSlot(node.s(c10::attr::name));
    return slot ? std::optional<NumberSlot>({found->second, *slot}) : std::nullopt;
  }

  bool read(const Node &node) {
    const auto place = place_of(node);
    if (!place) return false;
    if (is_plain(*place->object->type()->getAttribute(place->slot))) {
      add(node.output(), {'p', 0.0, *place});
      return true;
    }
    const auto &value = place->object->getSlot(place->slot);
    return value.isObject() && objects_.emplace(node.output(), value.toObject()).second;
  }

  bool written(const Node &node) {
    const auto place = place_of(node);
    const auto constant = constants_.find(node.input(1));
    if (!place || constant == constants_.end()) return false;
    const auto &type = *place->object->type()->getAttribute(place->slot);
    if (!is_plain(type) || constant->second.type()->kind() != type.kind()) return false;
    writes_.emplace_back(*place, constant->second);
    return true;
  }

  std::unordered_map<const torch::jit::Value *, ModuleObject> objects_;
  std::unordered_map<const torch::jit::Value *, size_t> numbers_;
  std::unordered_map<const torch::jit::Value *, c10::IValue> constants_;
  std::vector<SumStep> steps_;
  std::vector<std::pair<NumberSlot, c10::IValue>> writes_;
  std::optional<size_t> result_;
};

} // namespace
} // namespace nn

struct nn_torch_watch {
  std::optional<nn::Sums> progress, stop;
};

namespace nn {

nn_torch_status watch_new(const nn_torch_model *model, nn_torch_watch **watch, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && watch != nullptr, "watch_new: a pointer is null");
    Caller caller(model->caller);
    const CallScope scope(caller);
    auto made = std::make_unique<nn_torch_watch>();
    auto progress = Sums::of(model->module, "get_progress_percentage");
    if (progress && progress->has_result() && !progress->writes()) made->progress = std::move(progress);
    auto stop = Sums::of(model->module, "request_cancel_forward_pass");
    if (stop && stop->writes()) made->stop = std::move(stop);
    *watch = made.release();
  });
}

void watch_free(nn_torch_watch *watch) noexcept {
  guarded(nullptr, [&] { delete watch; });
}

double watch_percent(const nn_torch_watch *watch) noexcept {
  double percent = std::numeric_limits<double>::quiet_NaN();
  guarded(nullptr, [&] {
    if (watch != nullptr && watch->progress) percent = watch->progress->result();
  });
  return percent;
}

uint8_t watch_stop(const nn_torch_watch *watch) noexcept {
  if (watch == nullptr || !watch->stop) return 0;
  return guarded(nullptr, [&] { watch->stop->write(); }) == NN_TORCH_OK ? 1 : 0;
}

} // namespace nn
