// Puts marks into the code of a method: operators without results that tell the recorder where a call is.
#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include "inlined.h"
#include "recorder.h"

namespace nn {

// Puts a mark before everything that computes, and before what comes after it. Gives the sites that they name.
std::vector<Site> put_marks(torch::jit::Graph &graph, const Places &places);

} // namespace nn
