#include "gpu_share.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>

#include "model.h"

namespace nn {
namespace {

uint32_t version_of(const at::Tensor &tensor) {
  return tensor.is_inference() ? 0 : static_cast<uint32_t>(tensor._version());
}

} // namespace

at::Tensor moved(const at::Tensor &parameter, c10::Device device) {
  const c10::InferenceMode inference(false);
  const at::NoGradGuard no_grad;
  return parameter.to(device, parameter.scalar_type(), /*non_blocking=*/false, /*copy=*/true);
}

GpuShare::GpuShare(const torch::jit::Module &module, c10::Device device_, size_t functions)
    : device(device_), bodies(functions, device_) {
  for (const auto &parameter : module.parameters()) {
    if (by_here_.emplace(parameter.unsafeGetTensorImpl(), pairs_.size()).second) {
      auto there = moved(parameter, device);
      by_there_.emplace(there.unsafeGetTensorImpl(), pairs_.size());
      const auto version_there = version_of(there);
      pairs_.push_back({parameter, std::move(there), version_of(parameter), version_there});
    }
  }
}

bool GpuShare::Pair::same() const {
  return version_of(here) == version_here && version_of(there) == version_there;
}

at::Tensor GpuShare::there(const at::Tensor &here) const {
  const auto found = by_here_.find(here.unsafeGetTensorImpl());
  return found != by_here_.end() && pairs_[found->second].same() ? pairs_[found->second].there : at::Tensor();
}

at::Tensor GpuShare::here(const at::Tensor &there) const {
  const auto found = by_there_.find(there.unsafeGetTensorImpl());
  return found != by_there_.end() && pairs_[found->second].same() ? pairs_[found->second].here : at::Tensor();
}

bool GpuShare::holds() const {
  for (const auto &pair : pairs_) {
    if (!pair.same()) {
      return false;
    }
  }
  return true;
}

std::shared_ptr<GpuShare> GpuShares::get(const nn_torch_model &model, c10::Device device) {
  const std::lock_guard lock(making_);
  auto share = present_.lock();
  if (share == nullptr || share->device != device || !share->holds()) {
    share = std::make_shared<GpuShare>(model.module, device, model.functions());
    present_ = share;
  }
  return share;
}

} // namespace nn
