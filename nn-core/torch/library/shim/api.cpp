#include "table.h"

#include <atomic>

#include "kernels.h"

#include <torch/headeronly/version.h>

// The same numbers stand in the Rust mirror of the header: a change on one side alone does not compile.
#if UINTPTR_MAX == UINT64_MAX
static_assert(sizeof(nn_torch_method) == 64, "mirror in abi.rs");
static_assert(sizeof(nn_torch_attribute) == 32, "mirror in abi.rs");
static_assert(sizeof(nn_torch_description) == 80, "mirror in abi.rs");
static_assert(offsetof(nn_torch_description, sample_rate_hz) == 48, "mirror in abi.rs");
static_assert(sizeof(nn_torch_input) == 32 && sizeof(nn_torch_output) == 32, "mirror in abi.rs");
static_assert(sizeof(nn_torch_value) == 64, "mirror in abi.rs");
static_assert(offsetof(nn_torch_value, samples) == 40, "mirror in abi.rs");
static_assert(sizeof(nn_torch_kernel_figures) == 32, "mirror in abi.rs");
static_assert(sizeof(nn_kernels_shape) == 72 && sizeof(nn_kernels_call) == 56, "mirror in torch/kernels/src/c_abi.rs");
static_assert(sizeof(nn_kernels_ceilings) == 48 && sizeof(nn_kernels_refusal) == 4, "mirror in torch/kernels/src/c_abi.rs");
static_assert(sizeof(nn_kernels_table) == 64, "mirror in torch/kernels/src/c_abi.rs");
static_assert(sizeof(nn_kernels_element) == 4 && NN_KERNELS_F32 == 0 && NN_KERNELS_BF16 == 1,
              "mirror in torch/kernels/src/c_abi.rs");
static_assert(sizeof(nn_torch_said) == 280, "mirror in abi.rs");
static_assert(sizeof(nn_torch_site) == 152 && sizeof(nn_torch_moment) == 16, "mirror in abi.rs");
static_assert(sizeof(nn_torch_profile) == 48 && sizeof(nn_torch_ceilings) == 48, "mirror in abi.rs");
static_assert(sizeof(nn_torch_order) == 80, "mirror in abi.rs");
static_assert(sizeof(nn_torch_table) == 288, "mirror in abi.rs");
#endif
static_assert(NN_TORCH_NO_CONVOLUTION == 0 && NN_TORCH_CONVOLUTION_TAKEN == 1 && NN_TORCH_CONVOLUTION_OFF == 2 &&
                  NN_TORCH_CONVOLUTION_TYPE == 3 && NN_TORCH_CONVOLUTION_DIMENSIONS == 4 &&
                  NN_TORCH_CONVOLUTION_SHAPE == 5 && NN_TORCH_CONVOLUTION_LARGE == 6 &&
                  NN_TORCH_CONVOLUTION_NEW == 7 && NN_TORCH_CONVOLUTION_CHANGES == 8 &&
                  NN_TORCH_CONVOLUTION_GROUPS == 9 && NN_TORCH_CONVOLUTION_FEW == 10 &&
                  NN_TORCH_CONVOLUTION_NOT_FINITE == 11 && NN_TORCH_CONVOLUTION_FRAMES == 12 &&
                  NN_TORCH_CONVOLUTION_FAILED == 13,
              "mirror in torch/client/src/profile.rs");

namespace {

const nn_torch_table TABLE = {
    NN_TORCH_ABI_VERSION,
    sizeof(nn_torch_table),
    TORCH_VERSION,
    nn::init,
    nn::load,
    nn::free,
    nn::describe,
    nn::run,
    nn::set_attribute,
    nn::get_attribute,
    nn::set_sample_rate,
    nn::fork,
    nn::prepare_thread,
    nn::fork_to,
    nn::optimise,
    nn::kernel_figures,
    nn::lacks_operators,
    nn::seed,
    nn::operators,
    nn::take_said,
    nn::image_new,
    nn::image_free,
    nn::image_write,
    nn::image_read,
    nn::note_written,
    nn::own_written,
    nn::copies_fit,
    nn::disk_bytes,
    nn::move_to_disk,
    nn::profile,
    nn::ceilings,
    nn::configure,
    nn::generate,
    nn::watch_new,
    nn::watch_free,
    nn::watch_percent,
    nn::watch_stop,
};

std::atomic<const nn_kernels_table *> kernel_table{nullptr};

} // namespace

const nn_kernels_table *nn::kernels() noexcept { return kernel_table; }

// Not the exported symbol: that one is in src/lib.rs, because a Rust cdylib exports Rust functions only.
// The kernels are Rust functions: they come in the same way, and are always the same.
extern "C" const nn_torch_table *nn_torch_table_address(const nn_kernels_table *kernels) noexcept {
  kernel_table = kernels;
  return &TABLE;
}
