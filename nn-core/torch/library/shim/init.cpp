#include <sstream>

#include <ATen/ops/zeros.h>
#include <torch/csrc/inductor/aoti_torch/c/shim.h>
#include <torch/csrc/jit/serialization/import.h>
#include <torch/headeronly/version.h>

#include "device.h"
#include "errors.h"
#include "gate.h"
#include "guard.h"
#include "checks.h"
#include "program.h"
#include "scope.h"
#include "table.h"

namespace nn {
namespace {

// Convolution and matrix product: what makes the maths libraries set themselves up.
constexpr const char *SOURCE = R"(
def forward(self, x: Tensor) -> Tensor:
    y = torch.conv1d(x, torch.ones([2, 1, 3]), None, [1], [1])
    return torch.matmul(torch.ones([2, 2]), y)
)";

std::string version_text(uint64_t version) {
  return std::to_string(version >> 56 & 0xFF) + "." + std::to_string(version >> 48 & 0xFF) + "." +
         std::to_string(version >> 40 & 0xFF);
}

// Another object in the same process may have brought another libtorch: the system then gives us that one.
void check_version() {
  const auto found = aoti_torch_abi_version();
  if (found != TORCH_ABI_VERSION) {
    throw Failure(NN_TORCH_THREW, "this process already holds libtorch " + version_text(found) + ", needed is " +
                                      version_text(TORCH_ABI_VERSION) +
                                      ": another object brought it, use the two in separate processes");
  }
}

std::vector<std::string> strings(const nn_torch_texts &texts) {
  std::vector<std::string> strings;
  for (size_t i = 0; i < texts.count; ++i) {
    strings.emplace_back(texts.items[i].bytes, texts.items[i].length);
  }
  return strings;
}

void run_tiny_model() {
  torch::jit::Module written("Tiny");
  written.define(SOURCE);
  std::stringstream file;
  written.save(file);
  auto read = torch::jit::load(file, c10::Device(c10::kCPU));
  // Its helpers would stay: one thread.
  prepare_thread(1, nullptr);
  Caller caller(/*only_allowed=*/true);
  const CallScope scope(caller);
  read.forward({at::zeros({1, 1, 16})});
}

} // namespace

nn_torch_status init(const nn_torch_texts *allowed, const nn_torch_texts *refused,
                     nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(allowed != nullptr && refused != nullptr, "init: a pointer is null");
    check_version();
    open_gpu_part();
    set_allowed(strings(*allowed));
    register_checks();
    install_guards(strings(*refused));
    install_convolution();
    run_tiny_model();
  });
}

} // namespace nn
