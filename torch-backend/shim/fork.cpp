#include "errors.h"
#include "model.h"
#include "scope.h"
#include "table.h"

namespace nn {

nn_torch_status fork(const nn_torch_model *model, nn_torch_model **copy, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && copy != nullptr, "fork: a pointer is null");
    const CallScope scope;
    // What the memo already knows is not copied: parameters are weights, everything else is state.
    c10::IValue::HashIdentityIValueMap memo;
    for (const auto &parameter : model->module.parameters()) {
      const c10::IValue shared(parameter);
      memo.emplace(shared, shared);
    }
    torch::jit::Module module(model->module._ivalue()->deepcopy(memo));
    *copy = new nn_torch_model(std::move(module), model->contract);
  });
}

} // namespace nn
