// The settings under which every call on a model runs, put back at its end.
#pragma once

#include <c10/core/InferenceMode.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

namespace nn {

// No autograd; no profiling and no fusing of graphs, which cost hundreds of milliseconds at the first calls and give
// nothing afterwards. Both are thread-local, and hosts call from several threads.
struct CallScope {
  c10::InferenceMode inference;
  torch::jit::GraphOptimizerEnabledGuard unoptimized{false};
};

} // namespace nn
