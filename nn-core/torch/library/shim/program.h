// The code of a model as libtorch compiled it: what it calls, and what stands in for operators that may end the process.
#pragma once

#include <string_view>
#include <unordered_set>

#include <torch/csrc/jit/api/compilation_unit.h>

#include "import.h"

namespace nn {

// Looks at functions before they run. This is what counts: the reader of archives looks at the same code as text, before
// libtorch sees it, and texts can be written in many ways.
class Program {
public:
  Program(const torch::jit::CompilationUnit &unit, Policy policy) : unit_(unit), policy_(policy) {}

  // Looks at every function that came since the last time: refuses what is not allowed (`NN_TORCH_REFUSED`, with
  // operator and function in the text), or has more in one run than the stack bears, and puts guarded forms in the place of operators that would end the process.
  void check();

  // Refuses classes that are written in C++.
  void check_class(const c10::QualifiedName &name) const;

private:
  void check(torch::jit::Function &function);

  const torch::jit::CompilationUnit &unit_;
  Policy policy_;
  std::unordered_set<const torch::jit::Function *> seen_;
};

// The operators that models may call, "aten::add": replaces what was allowed before. Not while anything loads.
void set_allowed(std::vector<std::string> names);

// Whether a model may call an operator.
bool allowed(c10::Symbol operator_name);

} // namespace nn
