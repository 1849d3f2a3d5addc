#include <cstdlib>
#include <cstring>

#include "errors.h"
#include "model.h"
#include "table.h"

namespace nn {

bool optimise_by_default() noexcept {
  const auto *word = std::getenv("NN_OPTIMISE");
  return word == nullptr || std::strcmp(word, "0") != 0;
}

nn_torch_status optimise(nn_torch_model *model, uint8_t on, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr, "optimise: a pointer is null");
    model->optimised = on != 0;
  });
}

nn_torch_status kernel_figures(const nn_torch_model *model, nn_torch_kernel_figures *figures,
                               nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && figures != nullptr, "kernel_figures: a pointer is null");
    const auto shared = model->packs ? model->packs->figures() : Packs::Figures{};
    *figures = {shared.packs, shared.bytes, model->counts.taken, model->counts.left};
  });
}

} // namespace nn
