// The code of a model's methods as it is run: with the code of the modules that it calls written into it.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include <c10/core/Device.h>
#include <torch/csrc/jit/api/method.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include "inlined.h"

namespace nn {

// The code of a method with that of the modules that it calls written into it; `places` gets the paths of those, if it is
// given. Inside a CallScope.
std::shared_ptr<torch::jit::Graph> written_out(const torch::jit::Method &method, std::optional<c10::Device> device,
                                               Places *places = nullptr);

// Whether code may begin tasks. What is called and not written out may begin some too.
bool may_begin_tasks(const torch::jit::Block &block);

// Runs what was written out of a method. In a CallScope.
c10::IValue run_body(torch::jit::GraphExecutor &executor, bool begins_tasks, const torch::jit::Method &method,
                     torch::jit::Stack stack);

// One for all forks of a model. Each method is written out when it is first run, because that takes memory: some ten
// megabytes for a large model. The module's own code stays as it is: whoever calls it meanwhile sees no change.
class Bodies {
public:
  // With a device: code that computes there, wherever it was exported.
  explicit Bodies(size_t methods, std::optional<c10::Device> device = std::nullopt)
      : once_(methods), executors_(methods), begins_tasks_(methods), device_(device) {}

  // Runs a method: the stack holds the model itself, then the arguments. Any thread, in a CallScope.
  c10::IValue run(size_t index, const torch::jit::Method &method, torch::jit::Stack stack);

private:
  std::vector<std::once_flag> once_;
  std::vector<torch::jit::GraphExecutor> executors_;
  // Whether it may begin tasks. Not a `vector<bool>`, whose neighbours share memory.
  std::vector<char> begins_tasks_;
  std::optional<c10::Device> device_;
};

} // namespace nn
