// The generator of random numbers of a model.
#include <mutex>

#include "errors.h"
#include "model.h"
#include "table.h"

namespace nn {

nn_torch_status seed(nn_torch_model *model, uint64_t seed, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr, "seed: the model is null");
    auto &generator = model->caller.generator;
    const std::lock_guard<std::mutex> alone(generator.mutex());
    generator.set_current_seed(seed);
  });
}

} // namespace nn
