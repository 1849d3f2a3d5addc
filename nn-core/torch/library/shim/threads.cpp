#include <limits>

#include <ATen/Context.h>
#include <ATen/Parallel.h>

#include "errors.h"
#include "scope.h"
#include "table.h"

#ifdef __linux__
// libtorch's own OpenMP and MKL, when it has them. `at::set_num_threads` would do the same for this thread, and also
// change what every thread in the process finds that asks libtorch for the first time.
extern "C" {
void omp_set_num_threads(int threads) __attribute__((weak));
int MKL_Set_Num_Threads_Local(int threads) __attribute__((weak));
}
#endif

namespace nn {

namespace {

// What `prepare_thread` asked for on this thread; 0 before.
thread_local int wanted_threads = 0;

void set_threads(int threads) {
#ifdef __linux__
  if (omp_set_num_threads != nullptr) {
    omp_set_num_threads(threads);
    return;
  }
#endif
  at::set_num_threads(threads);
}

// Gives what was set before; 0 is what MKL does by itself, for both.
int set_mkl_threads([[maybe_unused]] int threads) {
#ifdef __linux__
  if (MKL_Set_Num_Threads_Local != nullptr) return MKL_Set_Num_Threads_Local(threads);
#endif
  return 0;
}

bool keeps_denormals() {
  volatile float tiny = std::numeric_limits<float>::min();
  tiny = tiny * 0.5f;
  return tiny != 0.0f;
}

} // namespace

nn_torch_status prepare_thread(uint32_t intra_op_threads, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(intra_op_threads >= 1 && intra_op_threads <= std::numeric_limits<int>::max(),
            "prepare_thread: at least one thread is needed");
    wanted_threads = static_cast<int>(intra_op_threads);
  });
}

ThreadScope::ThreadScope() : prepared_(wanted_threads > 0) {
  if (!prepared_) return;
  // Asked first: a thread's first question makes it take libtorch's default.
  threads_ = at::get_num_threads();
  if (threads_ != wanted_threads) set_threads(wanted_threads);
  mkl_threads_ = set_mkl_threads(wanted_threads);
  // Tails of decaying states would otherwise cost a hundredfold on some processors.
  kept_denormals_ = keeps_denormals();
  if (kept_denormals_) at::globalContext().setFlushDenormal(true);
}

ThreadScope::~ThreadScope() {
  if (!prepared_) return;
  if (kept_denormals_) at::globalContext().setFlushDenormal(false);
  set_mkl_threads(mkl_threads_);
  if (at::get_num_threads() != threads_) set_threads(threads_);
}

} // namespace nn
