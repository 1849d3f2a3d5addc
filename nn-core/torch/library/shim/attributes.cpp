#include "errors.h"
#include "here.h"
#include "model.h"
#include "scope.h"
#include "table.h"
#include "values.h"
#include "words.h"

namespace nn {
namespace {

using torch::jit::Method;
using torch::jit::Stack;

// What a setter answers: a code where 0 is "accepted", or nothing at all, which is taken as accepted.
int64_t code_of(const c10::IValue &answer) { return answer.isInt() ? answer.toInt() : 0; }

// The type of an argument of a method, counted without the model itself.
const c10::Type &argument_type(const Method &method, size_t position) {
  const auto &arguments = method.function().getSchema().arguments();
  const auto index = position + 1;
  // One argument too many: let the call itself say so.
  return index < arguments.size() ? *arguments[index].type() : *c10::AnyType::get();
}

// Whether a method can be called with so many values. vschaos2 declares a value for an attribute whose setter has none.
bool takes(const Method &method, size_t count) {
  const auto &schema = method.function().getSchema();
  return schema.is_vararg() || count < schema.arguments().size();
}

// Hands the sound over under the name `A#i`, or takes it away when there is none.
int64_t bind_buffer(nn_torch_model &model, const std::string &name, const nn_torch_value &value) {
  const bool empty = value.channels == 0 || value.frames == 0;
  const auto &method = empty ? model.clear_buffer : model.set_buffer;
  if (!method) {
    throw Failure(NN_TORCH_NO_ACCESSOR, empty ? "clear_buffer_attribute" : "set_buffer_attribute");
  }
  Stack stack{name};
  if (!empty) {
    stack.emplace_back(tensor_of(value).to(model.device()));
    nn_torch_value rate{};
    rate.type = NN_TORCH_INT;
    rate.whole = value.whole;
    stack.push_back(argument(rate, argument_type(method->method, 2)));
  }
  return code_of(model.call(*method, std::move(stack)));
}

} // namespace

nn_torch_status set_attribute(nn_torch_model *model, size_t attribute, const nn_torch_value *values, size_t count,
                              int64_t *code, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && code != nullptr && (values != nullptr || count == 0), "set: a pointer is null");
    require(attribute < model->attributes.size(), "set: no such attribute");
    const auto &promised = model->contract->attributes[attribute];
    require(count == promised.types.size(), "set: another number of values than the attribute has");
    const auto &setter = model->attributes[attribute].setter;
    if (!setter) {
      throw Failure(NN_TORCH_NO_ACCESSOR, "set_" + promised.name);
    }
    if (!takes(setter->method, count)) {
      const auto many = std::to_string(count) + (count == 1 ? " value" : " values");
      throw Failure(NN_TORCH_NO_ACCESSOR, "set_" + promised.name + " that takes " + many);
    }
    const CallScope scope(model->caller);
    const Lane::Use lane(model->lane());
    *code = 0;
    Stack stack;
    bool only_unbinds = count != 0;
    for (size_t i = 0; i < count; ++i) {
      if (values[i].type == NN_TORCH_BUFFER) {
        const auto name = promised.name + "#" + std::to_string(i);
        *code = bind_buffer(*model, name, values[i]);
        if (*code != 0) {
          throw Failure(NN_TORCH_DECLINED, "");
        }
        only_unbinds = only_unbinds && (values[i].channels == 0 || values[i].frames == 0);
        stack.emplace_back(name);
      } else {
        only_unbinds = false;
        auto value = argument(values[i], argument_type(setter->method, i));
        stack.push_back(value.isTensor() ? c10::IValue(value.toTensor().to(model->device())) : std::move(value));
      }
    }
    if (!only_unbinds) {
      *code = code_of(model->call(*setter, std::move(stack)));
    }
    if (*code != 0) {
      throw Failure(NN_TORCH_DECLINED, words_of(model->module, setter->method));
    }
  });
}

nn_torch_status get_attribute(nn_torch_model *model, size_t attribute, const nn_torch_value **values, size_t *count,
                              nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && values != nullptr && count != nullptr, "get: a pointer is null");
    require(attribute < model->attributes.size(), "get: no such attribute");
    const auto &promised = model->contract->attributes[attribute];
    const auto &getter = model->attributes[attribute].getter;
    if (!getter) {
      throw Failure(NN_TORCH_NO_ACCESSOR, "get_" + promised.name);
    }
    const CallScope scope(model->caller);
    const Lane::Use lane(model->lane());
    read_answer(model->call(*getter, {}), promised.types, model->answer);
    *values = model->answer.values.data();
    *count = model->answer.values.size();
  });
}

nn_torch_status configure(nn_torch_model *model, int64_t hz, int64_t frames, int64_t *delay,
                          nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && delay != nullptr, "configure: a pointer is null");
    const auto &method = model->set_rate_and_frames;
    if (!method) {
      throw Failure(NN_TORCH_NO_ACCESSOR, EFFECT_CONFIGURE);
    }
    const CallScope scope(model->caller);
    const Lane::Use lane(model->lane());
    // Both sides are the model's own: its queues and its resampler then do nothing.
    Stack stack{hz, frames};
    if (takes(method->method, 4)) {
      stack.insert(stack.end(), {hz, frames});
    }
    model->call(*method, std::move(stack));
    *delay = -1;
    if (model->delay) {
      // It plays without.
      try {
        const auto answer = model->call(*model->delay, {});
        *delay = answer.isInt() ? answer.toInt() : -1;
      } catch (const std::exception &) {
        *delay = -1;
      }
    }
  });
}

nn_torch_status set_sample_rate(nn_torch_model *model, int64_t hz, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr, "set_sample_rate: the model is null");
    const auto &method = model->set_sample_rate;
    if (!method) {
      throw Failure(NN_TORCH_NO_ACCESSOR, "set_sample_rate");
    }
    const CallScope scope(model->caller);
    const Lane::Use lane(model->lane());
    nn_torch_value rate{};
    rate.type = NN_TORCH_INT;
    rate.whole = hz;
    model->call(*method, {argument(rate, argument_type(method->method, 0))});
  });
}

} // namespace nn
