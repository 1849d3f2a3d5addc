// The model's method called in libtorch itself, with nothing around it: what no engine can go below.
//
// Built by `cargo xtask bench` as a library of its own against the libtorch that the backend uses.
#include <cstdint>
#include <memory>
#include <string>

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/ops/rand.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/serialization/import.h>

namespace {

struct RawMethod {
  torch::jit::Module module;
  std::unique_ptr<torch::jit::Method> method;
  at::Tensor input;
};

} // namespace

extern "C" {

// Loads a model with one fixed input of noise; null when anything fails. To be called on the thread that calls.
void *nn_raw_method_new(const char *path, const char *name, int64_t channels, int64_t frames) {
  try {
    at::set_num_threads(1);
    at::globalContext().setFlushDenormal(true);
    auto raw = std::make_unique<RawMethod>();
    raw->module = torch::jit::load(path);
    raw->module.eval();
    raw->method = std::make_unique<torch::jit::Method>(raw->module.get_method(name));
    const c10::InferenceMode inference;
    raw->input = at::rand({1, channels, frames}).sub_(0.5);
    return raw.release();
  } catch (...) {
    return nullptr;
  }
}

// Calls once; false when it raises. The answer is dropped.
bool nn_raw_method_call(void *model) {
  try {
    auto *raw = static_cast<RawMethod *>(model);
    const c10::InferenceMode inference;
    const torch::jit::GraphOptimizerEnabledGuard unoptimized{false};
    torch::jit::Stack stack;
    stack.reserve(4);
    stack.emplace_back(raw->input);
    (*raw->method)(std::move(stack));
    return true;
  } catch (...) {
    return false;
  }
}

void nn_raw_method_free(void *model) { delete static_cast<RawMethod *>(model); }
}
