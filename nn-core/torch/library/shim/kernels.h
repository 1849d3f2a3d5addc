// The mirror of kernels/src/c_abi.rs, which says what everything means. Both change together.
#pragma once

#include <cstdint>

extern "C" {

struct nn_kernels_shape {
  uint64_t in_channels, out_channels, kernel, stride, padding, dilation, groups, transposed, output_padding;
};

struct nn_kernels_call {
  const float *x;
  const float *bias;
  float *y;
  uint64_t batch, in_frames, first_part, end_part;
};

// In which type packed weights are kept. Samples and sums are float with all of them.
enum nn_kernels_element : uint32_t {
  NN_KERNELS_F32 = 0,
  // Half of the memory; weights are rounded to 8 bits of precision.
  NN_KERNELS_BF16 = 1,
};

// Why a shape is not covered.
enum nn_kernels_refusal : uint32_t {
  NN_KERNELS_COVERED = 0,
  // It makes no sense.
  NN_KERNELS_UNSOUND = 1,
  // Groups with fewer than four outputs, unless each output reads one channel.
  NN_KERNELS_GROUPS = 2,
  // Transposed, with so few outputs that half of a register or more would be unused.
  NN_KERNELS_FEW = 3,
};

// What this processor can do at most, on one thread.
struct nn_kernels_ceilings {
  // Read in a second of memory that no cache holds, and how large that was.
  double memory_bytes_per_s;
  uint64_t memory_bytes;
  // The same of memory as large as was asked for, read again and again.
  double set_bytes_per_s;
  uint64_t set_bytes;
  // Multiplications, each with its addition, in a second, and how many a register does at once.
  double products_per_s;
  uint64_t lanes;
};

// Weights in the order in which they are read.
struct nn_kernels_packed;

struct nn_kernels_table {
  // Null when the convolution is not covered, the type not known, or a weight not finite in it.
  nn_kernels_packed *(*pack)(const nn_kernels_shape *shape, nn_kernels_element element, const float *weights);
  void (*free)(nn_kernels_packed *packed);
  uint64_t (*bytes)(const nn_kernels_packed *packed);
  uint64_t (*parts)(const nn_kernels_packed *packed);
  // Frames that come out of a call; 0 when the kernels should not or cannot compute it.
  uint64_t (*out_frames)(const nn_kernels_packed *packed, uint64_t batch, uint64_t in_frames);
  uint8_t (*run)(const nn_kernels_packed *packed, const nn_kernels_call *call);
  nn_kernels_refusal (*refusal)(const nn_kernels_shape *shape);
  // Measures, for up to a second; 0 when there is no memory for it.
  uint8_t (*ceilings)(uint64_t set_bytes, nn_kernels_ceilings *ceilings);
};
}

namespace nn {

// The table of this library; null only before the first call of nn_torch_api.
const nn_kernels_table *kernels() noexcept;

} // namespace nn
