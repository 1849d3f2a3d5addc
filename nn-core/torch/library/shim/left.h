// Why a convolution was left to libtorch.
#pragma once

#include "nn_torch.h"

namespace nn {

// The numbers that the table gives out.
enum class Left : uint32_t {
  // It was not: the kernels computed it.
  NOT = NN_TORCH_CONVOLUTION_TAKEN,
  // The kernels are off.
  OFF = NN_TORCH_CONVOLUTION_OFF,
  // Input, weights or bias are not plain float32 on the processor.
  TYPE = NN_TORCH_CONVOLUTION_TYPE,
  // It has more than one dimension, or none.
  DIMENSIONS = NN_TORCH_CONVOLUTION_DIMENSIONS,
  // Channels do not fit: libtorch says what is wrong.
  SHAPE = NN_TORCH_CONVOLUTION_SHAPE,
  // Its weights are no parameter, and too large to be compared at every call.
  LARGE = NN_TORCH_CONVOLUTION_LARGE,
  // Its weights are no parameter, and were not seen before.
  NEW = NN_TORCH_CONVOLUTION_NEW,
  // Its weights keep changing.
  CHANGES = NN_TORCH_CONVOLUTION_CHANGES,
  // Groups with few outputs.
  GROUPS = NN_TORCH_CONVOLUTION_GROUPS,
  // Transposed, with few outputs.
  FEW = NN_TORCH_CONVOLUTION_FEW,
  // A weight is not finite.
  NOT_FINITE = NN_TORCH_CONVOLUTION_NOT_FINITE,
  // libtorch is faster for so many frames.
  FRAMES = NN_TORCH_CONVOLUTION_FRAMES,
  // The kernels could not: there was no memory, or they went wrong.
  FAILED = NN_TORCH_CONVOLUTION_FAILED,
};

} // namespace nn
