#include "device.h"
#include "errors.h"
#include "model.h"
#include "scope.h"
#include "sparse.h"
#include "table.h"

namespace nn {
namespace {

// Outside inference mode, like the load: tensors made inside it have no version counter, by which changes of a weight
// show.
at::Tensor moved(const at::Tensor &parameter, c10::Device device) {
  const c10::InferenceMode inference(false);
  const at::NoGradGuard no_grad;
  return parameter.to(device);
}

// What the memo already knows is not copied: parameters are weights, everything else is state, the place of the
// generator of random numbers too.
nn_torch_model *forked(const nn_torch_model &model, c10::Device device) {
  const bool moves = device != model.device;
  c10::IValue::HashIdentityIValueMap memo;
  for (const auto &parameter : model.module.parameters()) {
    memo.emplace(c10::IValue(parameter), c10::IValue(moves ? moved(parameter, device) : parameter));
  }
  std::vector<at::Tensor> state;
  for (const auto &buffer : model.module.buffers()) {
    state.push_back(buffer);
  }
  const auto copies = device.is_cpu() && !moves ? sparse_copies(state) : std::vector<at::Tensor>(state.size());
  for (size_t i = 0; i < state.size(); ++i) {
    if (copies[i].defined()) {
      memo.emplace(c10::IValue(state[i]), c10::IValue(copies[i]));
    } else if (moves) {
      memo.emplace(c10::IValue(state[i]), c10::IValue(state[i].to(device)));
    }
  }
  torch::jit::Module module(model.module._ivalue()->deepcopy(memo));
  auto *made = new nn_torch_model(std::move(module), model.contract, model.caller, device);
  // Weights that moved are others than those that were packed.
  made->packs = !moves ? model.packs : device.is_cpu() ? std::make_shared<Packs>(made->module) : nullptr;
  made->optimised = model.optimised;
  made->bodies = model.bodies;
  return made;
}

} // namespace

nn_torch_status fork(const nn_torch_model *model, nn_torch_model **copy, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && copy != nullptr, "fork: a pointer is null");
    Caller copied(model->caller);
    const CallScope scope(copied);
    *copy = forked(*model, model->device);
  });
}

nn_torch_status fork_to(const nn_torch_model *model, uint32_t device, nn_torch_model **copy,
                        nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && copy != nullptr, "fork_to: a pointer is null");
    Caller copied(model->caller);
    const CallScope scope(copied);
    *copy = forked(*model, device_of(device));
  });
}

} // namespace nn
