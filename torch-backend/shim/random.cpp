// The generator of random numbers, of which the process has one for the processor.
#include <cstring>
#include <mutex>

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/ops/empty.h>

#include "errors.h"
#include "model.h"
#include "table.h"

namespace nn {

nn_torch_status manual_seed(uint64_t seed, nn_torch_message *message) noexcept {
  return guarded(message, [&] { at::manual_seed(seed); });
}

nn_torch_status random_state(uint8_t *bytes, size_t capacity, size_t *length, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(length != nullptr, "random_state: nowhere to write the length");
    auto generator = at::detail::getDefaultCPUGenerator();
    const std::lock_guard<std::mutex> alone(generator.mutex());
    const auto state = generator.get_state().contiguous();
    *length = static_cast<size_t>(state.numel());
    if (bytes != nullptr && capacity >= *length) std::memcpy(bytes, state.const_data_ptr(), *length);
  });
}

nn_torch_status set_random_state(const uint8_t *bytes, size_t length, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(bytes != nullptr, "set_random_state: no state");
    auto state = at::empty({static_cast<int64_t>(length)}, at::kByte);
    std::memcpy(state.mutable_data_ptr(), bytes, length);
    auto generator = at::detail::getDefaultCPUGenerator();
    const std::lock_guard<std::mutex> alone(generator.mutex());
    generator.set_state(state);
  });
}

nn_torch_status seed(nn_torch_model *model, uint64_t seed, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr, "seed: the model is null");
    auto &generator = model->caller.generator;
    const std::lock_guard<std::mutex> alone(generator.mutex());
    generator.set_current_seed(seed);
  });
}

} // namespace nn
