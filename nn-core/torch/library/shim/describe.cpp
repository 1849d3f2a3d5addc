#include <algorithm>
#include <iterator>

#include <ATen/core/Tensor.h>
#include <ATen/ops/_local_scalar_dense.h>

#include "here.h"
#include "model.h"
#include "table.h"

namespace nn {
namespace {

using torch::jit::Module;

constexpr const char *PARAMS = "_params";

// Numbers of a tensor of any type and device, or of a list.
std::optional<std::vector<int64_t>> whole_numbers(const c10::IValue &value) {
  if (value.isTensor() && value.toTensor().defined()) {
    const auto flat = value.toTensor().detach().to(at::kCPU, at::kLong).reshape({-1});
    const auto dense = flat.contiguous();
    const auto *first = dense.const_data_ptr<int64_t>();
    return std::vector<int64_t>(first, first + dense.numel());
  }
  if (value.isIntList()) {
    return value.toIntVector();
  }
  if (value.isInt()) {
    return std::vector<int64_t>{value.toInt()};
  }
  return std::nullopt;
}

std::optional<std::vector<std::string>> strings(const c10::IValue &value) {
  if (!value.isList()) {
    return std::nullopt;
  }
  std::vector<std::string> found;
  for (const auto &item : value.toListRef()) {
    if (!item.isString()) {
      return std::nullopt;
    }
    found.push_back(item.toStringRef());
  }
  return found;
}

std::optional<std::vector<int64_t>> params_of(const Module &module, const std::string &name) {
  const auto key = name + PARAMS;
  return module.hasattr(key) ? whole_numbers(module.attr(key)) : std::nullopt;
}

std::vector<std::string> strings_at(const Module &module, const std::string &key) {
  if (!module.hasattr(key)) {
    return {};
  }
  return strings(module.attr(key)).value_or(std::vector<std::string>{});
}

// What the getter of a list of names answers, if the module has it.
std::optional<std::vector<std::string>> asked(const Module &module, const char *getter) {
  const auto method = module.find_method(getter);
  return method ? strings(call_here(*method, {})) : std::nullopt;
}

// Every `X` for which the module holds `X_params`, in the order of the file.
std::vector<std::string> with_params(const Module &module) {
  std::vector<std::string> names;
  const auto suffix = std::string(PARAMS).size();
  const auto take = [&](const std::string &name) {
    if (name.size() > suffix && name.compare(name.size() - suffix, suffix, PARAMS) == 0) {
      names.push_back(name.substr(0, name.size() - suffix));
    }
  };
  const auto type = module.type();
  for (size_t slot = 0; slot < type->numAttributes(); ++slot) {
    take(type->getAttributeName(slot));
  }
  for (size_t slot = 0; slot < type->numConstants(); ++slot) {
    take(type->getConstantName(slot));
  }
  return names;
}

int64_t rate_of(const Module &module) {
  if (const auto method = module.find_method("get_sample_rate")) {
    const auto numbers = whole_numbers(call_here(*method, {}));
    if (numbers && numbers->size() == 1) {
      return numbers->front();
    }
  }
  for (const auto *key : {"sr", "sampling_rate"}) {
    if (module.hasattr(key)) {
      const auto value = module.attr(key);
      if (value.isDouble()) {
        return static_cast<int64_t>(value.toDouble());
      }
      const auto numbers = whole_numbers(value);
      if (numbers && numbers->size() == 1) {
        return numbers->front();
      }
    }
  }
  return 0;
}

// Whether a method that takes nothing answers true.
bool says(const Module &module, const char *name) {
  const auto method = module.find_method(name);
  if (!method) return false;
  const auto answer = call_here(*method, {});
  return answer.isBool() && answer.toBool();
}

// How many channels an effect is called with: as many as the side with more of them has, because it answers as many as it
// gets. 0 for all other models.
int64_t channels_of_effect(const Module &module) {
  if (!module.find_method(EFFECT_CONFIGURE) || !module.find_method(EFFECT_BACKGROUND) || !module.find_method("forward")) {
    return 0;
  }
  return says(module, "is_input_mono") && says(module, "is_output_mono") ? 1 : 2;
}

// The method of a generator that makes its sounds; empty for all other models.
std::string generating_method(const Module &module) {
  if (!module.find_method(EFFECT_CONFIGURE) || module.find_method(EFFECT_BACKGROUND)) return {};
  if (module.find_method(GENERATOR_FORWARD)) return GENERATOR_FORWARD;
  const bool is_one = module.hasattr("realtime") && module.attr("realtime").isBool() && !module.attr("realtime").toBool();
  return is_one && module.find_method("forward") ? "forward" : "";
}

nn_torch_text text(const std::string &string) { return {string.data(), string.size()}; }

nn_torch_numbers numbers(const std::vector<int64_t> &whole) { return {whole.data(), whole.size()}; }

} // namespace

std::shared_ptr<const Contract> Contract::read(const Module &module) {
  auto contract = std::make_shared<Contract>();
  if (const auto channels = channels_of_effect(module); channels != 0) {
    contract->effect_channels = channels;
    contract->methods.push_back({"forward", {channels + EFFECT_PARAMETERS, 1, channels, 1}, {}, {}});
    contract->takes_sample_rate = true;
    contract->make_view();
    return contract;
  }
  contract->generates = generating_method(module);
  if (!contract->generates.empty()) {
    contract->takes_sample_rate = true;
    contract->make_view();
    return contract;
  }
  const auto marked = with_params(module);

  const auto listed = asked(module, "get_methods");
  for (const auto &name : listed.value_or(marked)) {
    const auto params = params_of(module, name);
    const auto has = [&](const std::vector<Method> &methods) {
      return std::any_of(methods.begin(), methods.end(), [&](const Method &method) { return method.name == name; });
    };
    if (!params || has(contract->methods) || has(contract->announced)) {
      continue;
    }
    if (module.find_method(name)) {
      contract->methods.push_back({name, *params, strings_at(module, name + "_input_labels"),
                                   strings_at(module, name + "_output_labels")});
    } else if (listed) {
      contract->announced.push_back({name, *params, {}, {}});
    }
  }
  // Without get_attributes, `X_params` of something that is no method but has a setter or a getter.
  const auto attributes = asked(module, "get_attributes");
  for (const auto &name : attributes.value_or(marked)) {
    const auto types = params_of(module, name);
    const bool reachable = module.find_method("set_" + name) || module.find_method("get_" + name);
    const bool is_method = module.find_method(name).has_value();
    if (types && name != "none" && (attributes ? true : reachable && !is_method)) {
      contract->attributes.push_back({name, *types});
    }
  }
  for (const auto &method : module.get_methods()) {
    contract->module_methods.push_back(method.name());
  }
  contract->sample_rate_hz = rate_of(module);
  contract->takes_sample_rate = module.find_method("set_sample_rate").has_value();
  contract->make_view();
  return contract;
}

nn_torch_texts Contract::texts(const std::vector<std::string> &strings) {
  auto &views = text_views_.emplace_back();
  for (const auto &string : strings) {
    views.push_back(text(string));
  }
  return {views.data(), views.size()};
}

void Contract::make_view() {
  const auto view = [&](const Method &method) -> nn_torch_method {
    return {text(method.name), numbers(method.params), texts(method.input_labels), texts(method.output_labels)};
  };
  std::transform(methods.begin(), methods.end(), std::back_inserter(method_views_), view);
  std::transform(announced.begin(), announced.end(), std::back_inserter(announced_views_), view);
  for (const auto &attribute : attributes) {
    attribute_views_.push_back({text(attribute.name), numbers(attribute.types)});
  }
  view_ = {method_views_.data(),    method_views_.size(), attribute_views_.data(),
           attribute_views_.size(), texts(module_methods), sample_rate_hz,
           static_cast<uint8_t>(takes_sample_rate), announced_views_.data(), announced_views_.size()};
}

const nn_torch_description *describe(const nn_torch_model *model) noexcept {
  return model == nullptr ? nullptr : &model->contract->view();
}

} // namespace nn
