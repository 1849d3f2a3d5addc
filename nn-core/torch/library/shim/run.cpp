#include <array>
#include <cstring>
#include <string>

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include "errors.h"
#include "model.h"
#include "scope.h"
#include "table.h"
#include "values.h"

namespace nn {
namespace {

using Shape = std::array<int64_t, 3>;

Shape shape_of(const nn_torch_input &input) {
  return {static_cast<int64_t>(input.batch), static_cast<int64_t>(input.channels),
          static_cast<int64_t>(input.frames)};
}

void fill(const at::Tensor &tensor, const nn_torch_input &input) {
  if (const auto bytes = tensor.nbytes(); bytes != 0) {
    require(input.samples != nullptr, "run: the input is null");
    std::memcpy(tensor.mutable_data_ptr<float>(), input.samples, bytes);
  }
}

// Memory from and to which a GPU copies while the processor goes on (CUDA: pinned), of this shape. Kept from run to
// run, because it is dear to get.
const at::Tensor &staged(at::Tensor &kept, at::IntArrayRef shape, c10::Device device) {
  if (!kept.defined() || kept.sizes() != shape) {
    kept = at::empty(shape, at::TensorOptions(at::kFloat).pinned_memory(device.is_cuda()));
  }
  return kept;
}

// Own memory: a model may keep what it is given, and the caller uses its memory again.
at::Tensor owned(const nn_torch_input &input, GpuPlace *gpu) {
  const auto shape = shape_of(input);
  if (gpu == nullptr) {
    auto tensor = at::empty(shape, at::kFloat);
    fill(tensor, input);
    return tensor;
  }
  const auto &from = staged(gpu->input, shape, gpu->device);
  fill(from, input);
  return at::empty(shape, at::TensorOptions(at::kFloat).device(gpu->device)).copy_(from, /*non_blocking=*/true);
}

bool fits(const at::Tensor &tensor, const nn_torch_output &output) {
  const auto sizes = tensor.sizes();
  const auto is = [](int64_t size, size_t wanted) { return size >= 0 && static_cast<size_t>(size) == wanted; };
  switch (sizes.size()) {
  case 3:
    return is(sizes[0], output.batch) && is(sizes[1], output.channels) && is(sizes[2], output.frames);
  case 2: // A single example without its dimension.
    return output.batch == 1 && is(sizes[0], output.channels) && is(sizes[1], output.frames);
  default:
    return false;
  }
}

std::string shape_text(const at::Tensor &tensor) {
  std::string text = "[";
  for (const auto size : tensor.sizes()) {
    text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  }
  return text + "]";
}

void copy_out(const c10::IValue &answer, const nn_torch_output &output, GpuPlace *gpu) {
  if (!answer.isTensor() || !answer.toTensor().defined()) {
    throw Failure(NN_TORCH_NOT_A_TENSOR, kind_name(answer));
  }
  const auto &tensor = answer.toTensor();
  if (tensor.is_complex()) {
    throw Failure(NN_TORCH_NOT_A_TENSOR, "tensor of complex numbers");
  }
  if (!fits(tensor, output)) {
    throw Failure(NN_TORCH_WRONG_SHAPE, shape_text(tensor));
  }
  if (tensor.numel() == 0) {
    return;
  }
  require(output.samples != nullptr, "run: the output is null");
  if (gpu != nullptr && tensor.device() == gpu->device) {
    const auto dense = tensor.is_sparse() ? tensor.to_dense() : tensor;
    const auto &to = staged(gpu->output, tensor.sizes(), gpu->device);
    to.copy_(dense.to(at::kFloat), /*non_blocking=*/true);
    // The one time that a block waits, and for nothing but what it began itself.
    gpu->lane.wait();
    std::memcpy(output.samples, to.const_data_ptr<float>(), to.nbytes());
  } else if (tensor.scalar_type() == at::kFloat && tensor.layout() == at::kStrided && tensor.is_cpu() &&
      tensor.is_contiguous() && !tensor.is_neg()) {
    std::memcpy(output.samples, tensor.const_data_ptr<float>(), tensor.nbytes());
  } else {
    // Any other type of number, order of memory or place: libtorch converts on the way.
    at::from_blob(output.samples, tensor.sizes(), at::kFloat).copy_(tensor.is_sparse() ? tensor.to_dense() : tensor);
  }
}

// What a method is called with: the model and its input; of an effect, sound and parameters apart.
torch::jit::Stack arguments(const nn_torch_model &model, const nn_torch_input &input, GpuPlace *gpu) {
  torch::jit::Stack stack;
  stack.reserve(4); // Default arguments are put behind.
  stack.emplace_back(model.module._ivalue());
  auto sound = owned(input, gpu);
  if (const auto channels = model.contract->effect_channels; channels != 0) {
    require(input.batch == 1 && input.channels == static_cast<size_t>(channels + EFFECT_PARAMETERS),
            "run: an effect takes one example, its sound and all its parameters");
    const auto rows = sound.select(0, 0);
    stack.emplace_back(rows.narrow(0, 0, channels));
    stack.emplace_back(rows.narrow(0, channels, EFFECT_PARAMETERS));
  } else {
    stack.emplace_back(std::move(sound));
  }
  return stack;
}

} // namespace

nn_torch_status run(nn_torch_model *model, size_t method, const nn_torch_input *input, const nn_torch_output *output,
                    nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && input != nullptr && output != nullptr, "run: a pointer is null");
    require(method < model->methods.size(), "run: no such method");
    const CallScope scope(model->caller);
    auto *gpu = model->gpu.get();
    const Lane::Use lane(model->lane());
    const Gate gate(model->optimised && gpu == nullptr ? model->packs.get() : nullptr, model->counts);
    auto stack = arguments(*model, *input, gpu);
    auto &bodies = gpu == nullptr ? *model->bodies : gpu->share->bodies;
    copy_out(bodies.run(method, model->methods[method], std::move(stack)), *output, gpu);
  });
}

nn_torch_status profile(nn_torch_model *model, size_t method, const nn_torch_input *input, const nn_torch_output *output,
                        nn_torch_profile *profile, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && input != nullptr && output != nullptr && profile != nullptr,
            "profile: a pointer is null");
    require(method < model->methods.size(), "profile: no such method");
    require(model->gpu == nullptr, "profile: a model on a GPU");
    if (!model->profiler.knows(method)) {
      const CallScope scope(model->caller);
      model->profiler.prepare(method, model->methods[method]);
    }
    auto &marked = model->profiler.method(method);
    {
      // Around everything that a call does.
      const Recorder::Use recording(*marked.recorder);
      const CallScope scope(model->caller);
      const Gate gate(model->optimised ? model->packs.get() : nullptr, model->counts);
      auto stack = arguments(*model, *input, nullptr);
      marked.recorder->enter(INTERPRETER);
      const auto answer = marked.run(model->methods[method], std::move(stack));
      marked.recorder->enter(COPIES);
      copy_out(answer, *output, nullptr);
    }
    *profile = marked.told();
  });
}

nn_torch_status ceilings(size_t set_bytes, nn_torch_ceilings *ceilings, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(ceilings != nullptr, "ceilings: a pointer is null");
    nn_kernels_ceilings found{};
    if (!kernels()->ceilings(set_bytes, &found)) {
      throw Failure(NN_TORCH_THREW, "there is no memory to read");
    }
    *ceilings = {found.memory_bytes_per_s, found.memory_bytes,   found.set_bytes_per_s,
                 found.set_bytes,          found.products_per_s, found.lanes};
  });
}

} // namespace nn
