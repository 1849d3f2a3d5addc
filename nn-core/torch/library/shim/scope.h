// The settings under which every call on a model runs, put back at its end.
#pragma once

#include <c10/core/InferenceMode.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include "guard.h"
#include "prints.h"

namespace nn {

// How many threads a call may use, and denormal numbers as zero, as `prepare_thread` said for the calling thread.
// Put back, because the thread may be the host's, with another library's settings on it.
class ThreadScope {
public:
  ThreadScope();
  ~ThreadScope();
  ThreadScope(const ThreadScope &) = delete;
  ThreadScope &operator=(const ThreadScope &) = delete;

private:
  bool prepared_;
  bool kept_denormals_ = false;
  int threads_ = 0;
  int mkl_threads_ = 0;
};

// No autograd; no profiling and no fusing of graphs, which cost hundreds of milliseconds at the first calls and give
// nothing afterwards; operators guarded. All of it is thread-local, and hosts call from several threads.
struct CallScope {
  explicit CallScope(Caller &caller) : guard(caller) {}

  PrintScope prints;
  ThreadScope thread;
  GuardScope guard;
  c10::InferenceMode inference;
  torch::jit::GraphOptimizerEnabledGuard unoptimized{false};
};

} // namespace nn
