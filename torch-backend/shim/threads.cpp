#include <limits>

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include "errors.h"
#include "table.h"

namespace nn {

nn_torch_status prepare_thread(uint32_t intra_op_threads, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(intra_op_threads >= 1 && intra_op_threads <= std::numeric_limits<int>::max(),
            "prepare_thread: at least one thread is needed");
    at::set_num_threads(static_cast<int>(intra_op_threads));
    // Tails of decaying states would otherwise cost a hundredfold on some processors.
    at::globalContext().setFlushDenormal(true);
    torch::jit::setGraphExecutorOptimize(false);
  });
}

nn_torch_status manual_seed(uint64_t seed, nn_torch_message *message) noexcept {
  return guarded(message, [&] { at::manual_seed(seed); });
}

} // namespace nn
