// Where models compute.
#pragma once

#include <cstdint>

#include <c10/core/Device.h>

namespace nn {

// The GPU of this machine. Opens libtorch's part for it at the first call, which takes up to seconds. Throws a Failure
// that says what to do when there is none.
c10::Device gpu();

// For as long as it lives, a model computes on the GPU. When the last one has gone, the memory that libtorch keeps for
// later is given back: other programs draw with it.
class OnGpu {
public:
  OnGpu();
  ~OnGpu();
  OnGpu(const OnGpu &) = delete;
  OnGpu &operator=(const OnGpu &) = delete;
};

} // namespace nn
