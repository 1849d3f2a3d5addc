// Calls whose tasks run where the call runs.
//
// A model may begin tasks (`torch.jit.fork`). libtorch gives them to threads of its own, which know nothing of the
// call's settings: whatever a task prints would reach the host's output, and nobody waits for one when the host leaves.
// Here a task is done on the calling thread, when it is begun.
#pragma once

#include <torch/csrc/jit/api/method.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

namespace nn {

inline c10::IValue waited(const c10::intrusive_ptr<c10::ivalue::Future> &future) {
  future->waitAndThrow();
  return future->value();
}

inline void do_here(std::function<void()> task) { task(); }

// Calls a method of a module. The stack holds the arguments.
inline c10::IValue call_here(const torch::jit::Method &method, torch::jit::Stack stack) {
  return waited(torch::jit::Method(method).run_async(std::move(stack), {}, do_here));
}

// Runs a graph. The stack holds what it takes.
inline c10::IValue run_here(torch::jit::GraphExecutor &executor, torch::jit::Stack &stack) {
  return waited(executor.runAsync(stack, do_here));
}

} // namespace nn
