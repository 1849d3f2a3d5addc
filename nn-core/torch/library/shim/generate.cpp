// Whole sounds, from a generator.
#include <cstring>

#include <ATen/core/List.h>
#include <ATen/ops/empty.h>

#include "errors.h"
#include "model.h"
#include "scope.h"
#include "table.h"
#include "values.h"

namespace nn {
namespace {

c10::List<at::Tensor> given_sounds(const nn_torch_order &order) {
  c10::List<at::Tensor> sounds;
  for (size_t at = 0; at < order.sound_count; ++at) {
    const auto &sound = order.sounds[at];
    require(sound.batch == 1 && (sound.samples != nullptr || sound.channels * sound.frames == 0),
            "generate: a sound has one example");
    auto tensor = at::empty({static_cast<int64_t>(sound.channels), static_cast<int64_t>(sound.frames)}, at::kFloat);
    if (tensor.nbytes() != 0) {
      std::memcpy(tensor.mutable_data_ptr<float>(), sound.samples, tensor.nbytes());
    }
    sounds.push_back(std::move(tensor));
  }
  return sounds;
}

// Numbers that hold, `[count, frames]`; none where there are none.
c10::IValue given_numbers(const nn_torch_order &order) {
  if (order.number_count == 0) {
    return {};
  }
  const auto frames = static_cast<int64_t>(order.frames);
  auto rows = at::empty({static_cast<int64_t>(order.number_count), frames}, at::kFloat);
  for (size_t row = 0; row < order.number_count; ++row) {
    rows.select(0, static_cast<int64_t>(row)).fill_(order.numbers[row]);
  }
  return rows;
}

c10::IValue given_texts(const nn_torch_order &order) {
  if (order.texts.count == 0) {
    return {};
  }
  c10::List<std::string> texts;
  for (size_t at = 0; at < order.texts.count; ++at) {
    const auto &text = order.texts.items[at];
    texts.push_back(std::string(text.bytes == nullptr ? "" : text.bytes, text.length));
  }
  return texts;
}

c10::IValue given_tokens(const nn_torch_order &order) {
  if (order.token_count == 0) {
    return {};
  }
  c10::List<c10::List<int64_t>> tokens;
  for (size_t at = 0; at < order.token_count; ++at) {
    c10::List<int64_t> list;
    for (size_t place = 0; place < order.tokens[at].count; ++place) {
      list.push_back(order.tokens[at].items[place]);
    }
    tokens.push_back(std::move(list));
  }
  return tokens;
}

// Only as many of its arguments as the method has: the model itself comes first.
torch::jit::Stack generator_arguments(const torch::jit::Method &method, const nn_torch_order &order) {
  torch::jit::Stack stack{given_sounds(order), given_numbers(order), given_texts(order), given_tokens(order)};
  const auto taken = method.function().getSchema().arguments().size() - 1;
  if (stack.size() > taken) {
    stack.resize(taken);
  }
  return stack;
}

// Sounds `[channels, frames]`, as many and as long as the model likes: the caller knows what it promised.
void keep_sounds(const c10::IValue &value, Answer &answer) {
  answer.clear();
  if (!value.isList()) {
    throw Failure(NN_TORCH_NOT_A_TENSOR, kind_name(value));
  }
  for (const c10::IValue &item : value.toListRef()) {
    if (!item.isTensor() || !item.toTensor().defined() || item.toTensor().is_complex()) {
      throw Failure(NN_TORCH_NOT_A_TENSOR, "list of what is no sound");
    }
    const auto &made = item.toTensor();
    const auto sizes = made.sizes();
    // One channel may come without its dimension.
    if (sizes.size() != 2 && sizes.size() != 1) {
      throw Failure(NN_TORCH_WRONG_SHAPE, c10::str(sizes));
    }
    const auto channels = sizes.size() == 2 ? sizes[0] : 1, frames = sizes.back();
    // A tensor that repeats one number is larger on its way out than the model's memory.
    if (channels < 0 || frames < 0 || (channels > 0 && frames > static_cast<int64_t>(NN_TORCH_MOST_SAMPLES) / channels)) {
      throw Failure(NN_TORCH_WRONG_SHAPE, c10::str(sizes));
    }
    auto dense = made.is_sparse() ? made.to_dense() : made;
    const auto &kept = answer.tensors.emplace_back(dense.detach().to(at::kCPU, at::kFloat).contiguous());
    answer.sounds.push_back({kept.const_data_ptr<float>(), 1, static_cast<size_t>(channels), static_cast<size_t>(frames)});
  }
}

} // namespace

nn_torch_status generate(nn_torch_model *model, const nn_torch_order *order, const nn_torch_input **made, size_t *count,
                         nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && order != nullptr && made != nullptr && count != nullptr, "generate: a pointer is null");
    if (!model->generate) {
      throw Failure(NN_TORCH_NO_ACCESSOR, GENERATOR_FORWARD);
    }
    const CallScope scope(model->caller);
    const Lane::Use lane(model->lane());
    const Gate gate(model->optimised && model->gpu == nullptr ? model->packs.get() : nullptr, model->counts);
    if (model->set_rate_and_frames) {
      const auto &method = model->set_rate_and_frames->method;
      const auto frames = static_cast<int64_t>(order->frames);
      // Both sides are the model's own: its resampler then does nothing.
      torch::jit::Stack stack{order->hz, frames, order->hz, frames};
      stack.resize(std::min(stack.size(), method.function().getSchema().arguments().size() - 1));
      model->call(*model->set_rate_and_frames, std::move(stack));
    }
    keep_sounds(model->call(*model->generate, generator_arguments(model->generate->method, *order)), model->answer);
    *made = model->answer.sounds.data();
    *count = model->answer.sounds.size();
  });
}

} // namespace nn
