#include "device.h"

#include <ATen/Context.h>

#include "errors.h"

#if defined(__linux__)
#include <dlfcn.h>
#endif

namespace nn {
namespace {

// libtorch for CUDA is another library, which announces itself when it is opened. Only libtorch's plain part is
// linked, so that one build serves machines with and without a GPU. Opened once, and only when a GPU is asked for.
void open_cuda() {
#if defined(__linux__)
  static const void *const library = dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL);
  (void)library;
#endif
}

} // namespace

c10::Device device_of(uint32_t code) {
  if (code == NN_TORCH_CPU) {
    return c10::kCPU;
  }
  require(code == NN_TORCH_GPU, "device: no such code");
  open_cuda();
  if (at::hasCUDA()) {
    return {c10::kCUDA, 0};
  }
  if (at::hasMPS()) {
    return c10::kMPS;
  }
  throw Failure(NN_TORCH_THREW, "there is no GPU that this libtorch could use");
}

} // namespace nn
