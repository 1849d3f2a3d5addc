// The way from libtorch to the kernels.
//
// Every convolution of libtorch, traced or scripted, passes the operator `aten::_convolution`, which has one kernel
// for all devices and none for the CPU: one for the CPU can be added and nothing is replaced. It does nothing but look
// at the gate of its thread, and then goes on to the kernel that would have been called.
#include <ATen/Parallel.h>
#include <ATen/EmptyTensor.h>
#include <ATen/ops/_convolution_compositeexplicitautograd_dispatch.h>
#include <torch/library.h>

#include "gate.h"
#include "recorder.h"

namespace nn {
namespace {

thread_local const Gate::Open *gate = nullptr;

// Products below which a second thread costs more than it gives.
constexpr uint64_t THREAD_PRODUCTS = 1 << 20;

bool plain(const at::Tensor &tensor, int64_t dimensions) {
  return tensor.defined() && tensor.is_cpu() && tensor.layout() == at::kStrided && tensor.dim() == dimensions &&
         tensor.scalar_type() == at::kFloat && tensor.numel() != 0 && !tensor.is_neg();
}

bool one(at::IntArrayRef values) { return values.size() == 1 && values[0] >= 0; }

// The result, or nothing when libtorch shall compute it, or say what is wrong; `left` says why.
std::optional<at::Tensor> computed(Packs &packs, const at::Tensor &input, const at::Tensor &weight,
                                   const std::optional<at::Tensor> &bias, at::IntArrayRef stride,
                                   at::IntArrayRef padding, at::IntArrayRef dilation, bool transposed,
                                   at::IntArrayRef output_padding, int64_t groups, Left &left) {
  if (!plain(input, 3) || !plain(weight, 3) || !one(stride) || !one(padding) ||
      !one(dilation) || !one(output_padding) || groups < 1) {
    left = input.dim() != 3 || weight.dim() != 3 ? Left::DIMENSIONS : Left::TYPE;
    return std::nullopt;
  }
  const auto sizes = weight.sizes();
  const auto in_channels = transposed ? sizes[0] : sizes[1] * groups;
  const auto out_channels = transposed ? sizes[1] * groups : sizes[0];
  const bool biased = bias && bias->defined();
  if (input.size(1) != in_channels ||
      (biased && (!plain(*bias, 1) || bias->numel() != out_channels || !bias->is_contiguous()))) {
    left = Left::SHAPE;
    return std::nullopt;
  }
  const auto number = [](int64_t value) { return static_cast<uint64_t>(value); };
  const nn_kernels_shape shape{
      number(in_channels), number(out_channels), number(sizes[2]), number(stride[0]),   number(padding[0]),
      number(dilation[0]), number(groups),       transposed,       transposed ? number(output_padding[0]) : 0};
  const auto *packed = packs.find(weight, shape, left);
  if (packed == nullptr) {
    return std::nullopt;
  }
  const auto batch = input.size(0), in_frames = input.size(2);
  const auto out_frames = kernels()->out_frames(packed, number(batch), number(in_frames));
  if (out_frames == 0) {
    left = Left::FRAMES;
    return std::nullopt;
  }
  const auto x = input.expect_contiguous();
  at::Tensor y = at::detail::empty_cpu({batch, out_channels, static_cast<int64_t>(out_frames)}, at::kFloat,
                                       std::nullopt, std::nullopt, std::nullopt, std::nullopt);
  const nn_kernels_call call{x->const_data_ptr<float>(), biased ? bias->const_data_ptr<float>() : nullptr,
                             y.mutable_data_ptr<float>(), number(batch), number(in_frames), 0,
                             kernels()->parts(packed)};
  std::atomic<bool> done{true};
  const auto run = [&](uint64_t first, uint64_t end) {
    auto part = call;
    part.first_part = first;
    part.end_part = end;
    if (!kernels()->run(packed, &part)) {
      done = false;
    }
  };
  const auto products = number(weight.numel() * batch) * (transposed ? number(in_frames) : out_frames);
  if (products < 2 * THREAD_PRODUCTS || at::get_num_threads() == 1 || at::in_parallel_region()) {
    run(0, call.end_part);
  } else {
    const auto grain = std::max<uint64_t>(1, THREAD_PRODUCTS * call.end_part / products);
    at::parallel_for(0, static_cast<int64_t>(call.end_part), static_cast<int64_t>(grain),
                     [&](int64_t first, int64_t end) { run(number(first), number(end)); });
  }
  if (!done) {
    left = Left::FAILED;
    return std::nullopt;
  }
  return y;
}

// Tells who records calls of a convolution that was computed. It is the call's result all the same where that cannot be told.
void tell(Recorder &recorder, const at::Tensor &input, const at::Tensor &weight, const at::Tensor &output,
          at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool transposed, int64_t groups,
          Left left) noexcept {
  try {
    const auto first = [](at::IntArrayRef values) { return values.empty() ? 0 : static_cast<uint64_t>(values[0]); };
    const auto in = static_cast<uint64_t>(transposed ? weight.size(0) : weight.size(1) * groups);
    const auto out = static_cast<uint64_t>(transposed ? weight.size(1) * groups : weight.size(0));
    uint64_t kernel = 1;
    for (int64_t i = 2; i < weight.dim(); ++i) {
      kernel *= static_cast<uint64_t>(weight.size(i));
    }
    const nn_kernels_shape shape{in, out, kernel, first(stride), first(padding), first(dilation),
                                 static_cast<uint64_t>(groups), transposed, 0};
    recorder.convolution(input, weight, output, shape, left);
  } catch (...) {
    // Tensors that hide their sizes or have no memory: the site stands in the profile without them.
  }
}

at::Tensor convolution(const at::Tensor &input, const at::Tensor &weight, const std::optional<at::Tensor> &bias,
                       at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool transposed,
                       at::IntArrayRef output_padding, int64_t groups, bool benchmark, bool deterministic,
                       bool cudnn_enabled, bool allow_tf32) {
  auto left = Left::OFF;
  std::optional<at::Tensor> y;
  if (gate != nullptr) {
    y = computed(*gate->packs, input, weight, bias, stride, padding, dilation, transposed, output_padding, groups, left);
    (y ? gate->counts->taken : gate->counts->left) += 1;
    left = y ? Left::NOT : left;
  }
  if (!y) {
    y = at::compositeexplicitautograd::_convolution(input, weight, bias, stride, padding, dilation, transposed,
                                                    output_padding, groups, benchmark, deterministic, cudnn_enabled,
                                                    allow_tf32);
  }
  if (auto *recorder = Recorder::current()) {
    tell(*recorder, input, weight, *y, stride, padding, dilation, transposed, groups, left);
  }
  return std::move(*y);
}

} // namespace

Gate::Gate(Packs *packs, Counts &counts) : open_{packs, &counts}, outer_(gate) {
  if (packs != nullptr) {
    use_.emplace(*packs);
  }
  gate = packs == nullptr ? nullptr : &open_;
}

Gate::~Gate() { gate = outer_; }

const Gate::Open *Gate::current() noexcept { return gate; }

void install_convolution() {
  // Never destroyed: destroying it would take the kernel away.
  static auto *const library = [] {
    // Another copy of this library in the same process has been here before: one is enough, and whose gate is open
    // only to the other goes libtorch's way.
    const auto there = c10::Dispatcher::singleton().findSchema({"aten::_convolution", ""});
    if (there && there->hasKernelForDispatchKey(c10::DispatchKey::CPU)) {
      return static_cast<torch::Library *>(nullptr);
    }
    auto *made = new torch::Library(torch::Library::IMPL, "aten", c10::DispatchKey::CPU, __FILE__, __LINE__);
    made->impl("_convolution", TORCH_FN(convolution));
    return made;
  }();
  (void)library;
}

} // namespace nn
