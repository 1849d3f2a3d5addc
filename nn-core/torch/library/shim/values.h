// Values of attributes, from the table's form to libtorch's and back.
#pragma once

#include <string>
#include <vector>

#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>

#include "model.h"
#include "nn_torch.h"

namespace nn {

// What a user would call it: "tuple", "list", "None", "string".
std::string kind_name(const c10::IValue &value);

// [channels, frames] or [frames], in memory of libtorch.
at::Tensor tensor_of(const nn_torch_value &value);

// The value as an argument of type `wanted`: a whole number for a float argument becomes a float, and so on.
c10::IValue argument(const nn_torch_value &value, const c10::Type &wanted);

// One value per type out of what a getter answered: a tuple, a list, a tensor or a bare value.
// Throws NN_TORCH_ANSWER when it does not fit.
void read_answer(const c10::IValue &value, const std::vector<int64_t> &types, Answer &answer);

} // namespace nn
