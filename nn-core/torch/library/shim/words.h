// Which words a setter knows.
#pragma once

#include <string>

#include <torch/csrc/jit/api/module.h>

namespace nn {

// The texts that the code of a method compares with, those in lists that it searches too, as far as they stand in the
// code or in the module; separated by commas, each once, a few at most.
std::string words_of(const torch::jit::Module &module, const torch::jit::Method &method);

} // namespace nn
