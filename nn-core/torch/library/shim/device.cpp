#include "device.h"

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <string>

#include <ATen/Context.h>
#include <c10/core/CachingDeviceAllocator.h>

#include "errors.h"

#if defined(__linux__)
#include <dlfcn.h>
#elif defined(_WIN32)
#include <windows.h>
#endif

namespace nn {
namespace {

std::atomic<uint64_t> models_on_gpu{0};

#if defined(NN_TORCH_GPU_STAND_IN)

// For checks on machines without a GPU: the processor takes its place, with everything else as it would be.
void open_part() {}

c10::Device find_gpu() {
  const auto *visible = std::getenv("CUDA_VISIBLE_DEVICES");
  if (visible != nullptr && *visible == '\0') {
    throw Failure(NN_TORCH_THREW, "there is no GPU that this libtorch could use");
  }
  return c10::kCPU;
}

#else

// libtorch for CUDA is another library, which announces itself when it is opened. Only libtorch's plain part is
// linked, so that one build serves machines with and without a GPU. Its names stay its own: the host may hold others.
// Answers what the system said where it stands there and cannot be opened.
const std::string &open_cuda() {
  static const std::string failure = [] {
    std::string said;
#if defined(__linux__)
    if (dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_LOCAL) == nullptr) {
      const auto *error = dlerror();
      said = error == nullptr ? "" : error;
      // That it is not there is the ordinary case: libtorch for the CPU.
      if (said.rfind("libtorch_cuda.so: cannot open shared object file", 0) == 0) {
        said.clear();
      }
    }
#elif defined(_WIN32)
    // Beside libtorch's plain part, wherever that was found.
    wchar_t path[MAX_PATH];
    const auto plain = GetModuleHandleW(L"torch_cpu.dll");
    const auto length = plain == nullptr ? 0 : GetModuleFileNameW(plain, path, MAX_PATH);
    if (length != 0 && length < MAX_PATH) {
      std::wstring file(path, length);
      file = file.substr(0, file.find_last_of(L'\\') + 1) + L"torch_cuda.dll";
      const bool there = GetFileAttributesW(file.c_str()) != INVALID_FILE_ATTRIBUTES;
      const auto flags = LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS;
      if (there && LoadLibraryExW(file.c_str(), nullptr, flags) == nullptr) {
        said = "torch_cuda.dll: error " + std::to_string(GetLastError());
      }
    }
#endif
    return said;
  }();
  return failure;
}

// Products and sums of full length. By default convolutions and recurrent layers on CUDA round their factors to 10
// bits (TF32), which is heard as noise 60 dB below the sound, and differs from what the processor computes.
void full_precision() {
  static std::once_flag once;
  std::call_once(once, [] {
    at::globalContext().setAllowTF32CuDNN(false);
    at::globalContext().setAllowTF32CuBLAS(false);
  });
}

void open_part() { open_cuda(); }

c10::Device find_gpu() {
  const auto &failure = open_cuda();
  if (at::hasCUDA()) {
    full_precision();
    return {c10::kCUDA, 0};
  }
  if (at::hasMPS()) {
    return c10::kMPS;
  }
  if (!failure.empty()) {
    throw Failure(NN_TORCH_THREW, "libtorch's part for the GPU cannot be opened (" + failure + ")");
  }
  throw Failure(NN_TORCH_THREW, "there is no GPU that this libtorch could use");
}

#endif

void give_memory_back() noexcept {
  guarded(nullptr, [] {
    const auto device = gpu();
    if (device.is_cuda()) {
      c10::getDeviceAllocator(device.type())->emptyCache();
    }
  });
}

} // namespace

void open_gpu_part() { open_part(); }

c10::Device gpu() { return find_gpu(); }

OnGpu::OnGpu() { models_on_gpu += 1; }

OnGpu::~OnGpu() {
  if (models_on_gpu.fetch_sub(1) == 1) {
    give_memory_back();
  }
}

} // namespace nn
