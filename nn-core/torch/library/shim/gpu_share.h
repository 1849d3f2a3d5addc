// What the models of one file share on the GPU.
#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include <ATen/core/Tensor.h>
#include <torch/csrc/jit/api/module.h>

#include "bodies.h"
#include "device.h"

struct nn_torch_model;

namespace nn {

// Parameters on the GPU, beside those that they were copied from, and code that computes there.
class GpuShare {
public:
  GpuShare(const torch::jit::Module &module, c10::Device device, size_t functions);

  // The parameter there of one here, and the other way round; undefined where there is none, or where one of the two
  // was written to since.
  at::Tensor there(const at::Tensor &here) const;
  at::Tensor here(const at::Tensor &there) const;

  // Whether no parameter was written to since the copy.
  bool holds() const;

  const c10::Device device;
  Bodies bodies;

private:
  struct Pair {
    at::Tensor here, there;
    uint32_t version_here, version_there;
    bool same() const;
  };
  std::vector<Pair> pairs_;
  std::unordered_map<const c10::TensorImpl *, size_t> by_here_, by_there_;
};

// One for all forks of a file: the share is made when the first of them goes to the GPU, and goes with the last.
class GpuShares {
public:
  std::shared_ptr<GpuShare> get(const nn_torch_model &model, c10::Device device);

private:
  std::mutex making_;
  std::weak_ptr<GpuShare> present_;
};

// A copy outside inference mode, like the load: tensors made inside it have no version counter, by which changes of a
// weight show.
at::Tensor moved(const at::Tensor &parameter, c10::Device device);

} // namespace nn
