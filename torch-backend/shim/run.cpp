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

// Own memory: a model may keep what it is given, and the caller uses its memory again.
at::Tensor owned(const nn_torch_input &input) {
  auto tensor = at::empty({static_cast<int64_t>(input.batch), static_cast<int64_t>(input.channels),
                           static_cast<int64_t>(input.frames)},
                          at::kFloat);
  if (const auto bytes = tensor.nbytes(); bytes != 0) {
    require(input.samples != nullptr, "run: the input is null");
    std::memcpy(tensor.mutable_data_ptr<float>(), input.samples, bytes);
  }
  return tensor;
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

void copy_out(const c10::IValue &answer, const nn_torch_output &output) {
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
  if (tensor.scalar_type() == at::kFloat && tensor.layout() == at::kStrided && tensor.is_cpu() &&
      tensor.is_contiguous() && !tensor.is_neg()) {
    std::memcpy(output.samples, tensor.const_data_ptr<float>(), tensor.nbytes());
  } else {
    // Any other type of number, order of memory or place: libtorch converts on the way.
    at::from_blob(output.samples, tensor.sizes(), at::kFloat).copy_(tensor.is_sparse() ? tensor.to_dense() : tensor);
  }
}

} // namespace

nn_torch_status run(nn_torch_model *model, size_t method, const nn_torch_input *input, const nn_torch_output *output,
                    nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && input != nullptr && output != nullptr, "run: a pointer is null");
    require(method < model->methods.size(), "run: no such method");
    const CallScope scope(model->caller);
    const Gate gate(model->optimised ? model->packs.get() : nullptr, model->counts);
    torch::jit::Stack stack;
    stack.reserve(4); // Default arguments are put behind.
    stack.emplace_back(model->module._ivalue());
    stack.emplace_back(owned(*input).to(model->device));
    copy_out(model->bodies->run(method, model->methods[method], std::move(stack)), *output);
  });
}

} // namespace nn
