// Code that was exported on a machine's processor, made to compute on a device.
#pragma once

#include <c10/core/Device.h>
#include <torch/csrc/jit/ir/ir.h>

namespace nn {

// Exports name the processor wherever tensors are made: traced ones always, scripted ones where nothing else is said.
// This puts the device in its place, and moves constants there. Only for graphs of our own.
void localise(torch::jit::Graph &graph, c10::Device device);

} // namespace nn
