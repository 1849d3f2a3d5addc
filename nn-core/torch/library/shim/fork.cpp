#include "device.h"
#include "errors.h"
#include "model.h"
#include "scope.h"
#include "state.h"
#include "table.h"

namespace nn {
namespace {

nn_torch_model *made(torch::jit::Module module, const nn_torch_model &like, std::unique_ptr<GpuPlace> gpu,
                     Images images = {}) {
  auto made = std::make_unique<nn_torch_model>(std::move(module), like.contract, like.caller, std::move(gpu));
  made->images = std::move(images);
  made->packs = like.packs;
  made->optimised = like.optimised;
  made->bodies = like.bodies;
  made->gpu_shares = like.gpu_shares;
  made->written = like.written;
  return made.release();
}

// A fork where the model is.
nn_torch_model *forked(const nn_torch_model &model) {
  auto place = model.gpu ? std::make_unique<GpuPlace>(model.gpu->device, model.gpu->share) : nullptr;
  const Lane::Use lane(place ? &place->lane : nullptr);
  Memo memo;
  Images images;
  if (place) {
    for (const auto &parameter : model.module.parameters()) {
      memo.emplace(c10::IValue(parameter), c10::IValue(parameter));
    }
  } else {
    copy_state(model.module, memo, images);
  }
  torch::jit::Module module(model.module._ivalue()->deepcopy(memo));
  return made(std::move(module), model, std::move(place), std::move(images));
}

// A copy of everything but the parameters, on another device. Names of devices that the model holds become that one.
torch::jit::Module copied(const nn_torch_model &model, Memo &memo, c10::Device device) {
  // Where the processor stands in for the GPU: copying to where things are would copy nothing.
  const auto to = device == model.device() ? std::nullopt : std::optional(device);
  return torch::jit::Module(model.module._ivalue()->deepcopy(memo, to));
}

nn_torch_model *forked_to_gpu(const nn_torch_model &model) {
  const auto device = gpu();
  // Before anything is copied: when it goes by a failure, it goes last.
  const OnGpu counted;
  Memo memo;
  auto place = std::make_unique<GpuPlace>(device, model.gpu_shares->get(model, device));
  const Lane::Use lane(&place->lane);
  for (const auto &parameter : model.module.parameters()) {
    const auto shared = place->share->there(parameter);
    memo.emplace(c10::IValue(parameter), c10::IValue(shared.defined() ? shared : moved(parameter, device)));
  }
  auto module = copied(model, memo, device);
  // Here, where a failure still can be said.
  place->lane.wait();
  return made(std::move(module), model, std::move(place));
}

nn_torch_model *forked_to_cpu(const nn_torch_model &model) {
  const Lane::Use lane(model.lane());
  Memo memo;
  bool all_shared = true;
  for (const auto &parameter : model.module.parameters()) {
    const auto shared = model.gpu->share->here(parameter);
    all_shared = all_shared && shared.defined();
    memo.emplace(c10::IValue(parameter), c10::IValue(shared.defined() ? shared : moved(parameter, c10::kCPU)));
  }
  auto *copy = made(copied(model, memo, c10::kCPU), model, nullptr);
  if (!all_shared) {
    // Weights that moved are others than those that were packed.
    copy->packs = std::make_shared<Packs>(copy->module);
    copy->gpu_shares = std::make_shared<GpuShares>();
  }
  return copy;
}

} // namespace

nn_torch_status fork(const nn_torch_model *model, nn_torch_model **copy, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && copy != nullptr, "fork: a pointer is null");
    Caller copied(model->caller);
    const CallScope scope(copied);
    *copy = forked(*model);
  });
}

nn_torch_status fork_to(const nn_torch_model *model, uint32_t device, nn_torch_model **copy,
                        nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && copy != nullptr, "fork_to: a pointer is null");
    require(device == NN_TORCH_CPU || device == NN_TORCH_GPU, "fork_to: no such device");
    Caller copied(model->caller);
    const CallScope scope(copied);
    const bool moves = (device == NN_TORCH_GPU) != (model->gpu != nullptr);
    *copy = !moves ? forked(*model) : device == NN_TORCH_GPU ? forked_to_gpu(*model) : forked_to_cpu(*model);
  });
}

} // namespace nn
