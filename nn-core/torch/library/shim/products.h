// How much operators multiply that are no convolution.
#pragma once

#include <ATen/core/ivalue.h>
#include <ATen/core/symbol.h>

#include "recorder.h"

namespace nn {

// Whether an operator is a matrix product or a recurrent layer, whose multiplications are counted.
bool multiplies(c10::Symbol kind);

// Counts what such an operator, named by its site, is about to do with these inputs.
void count_products(Recorder &recorder, const Site &site, c10::ArrayRef<c10::IValue> inputs);

} // namespace nn
