#include "errors.h"
#include "model.h"
#include "scope.h"
#include "sparse.h"
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
    std::vector<at::Tensor> state;
    for (const auto &buffer : model->module.buffers()) {
      state.push_back(buffer);
    }
    const auto copies = sparse_copies(state);
    for (size_t i = 0; i < state.size(); ++i) {
      if (copies[i].defined()) {
        memo.emplace(c10::IValue(state[i]), c10::IValue(copies[i]));
      }
    }
    torch::jit::Module module(model->module._ivalue()->deepcopy(memo));
    *copy = new nn_torch_model(std::move(module), model->contract);
  });
}

} // namespace nn
