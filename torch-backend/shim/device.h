// Where models compute.
#pragma once

#include <cstdint>

#include <c10/core/Device.h>

namespace nn {

// The device of a code of the table. Throws a Failure that says what to do when this machine has none of the kind.
c10::Device device_of(uint32_t code);

} // namespace nn
