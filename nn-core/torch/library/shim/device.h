// Where models compute.
#pragma once

#include <cstdint>

#include <c10/core/Device.h>

namespace nn {

// Opens libtorch's part for GPUs, where it stands beside the plain part. Once, before anything else: the first question
// for a GPU, which seeding asks too, decides for the life of the process whether there are any. Takes up to seconds.
void open_gpu_part();

// The GPU of this machine. Throws a Failure that says what to do when there is none.
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
