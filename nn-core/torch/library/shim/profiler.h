// The code of a model's methods as it is profiled: what is played, with marks.
#pragma once

#include <map>

#include "bodies.h"
#include "recorder.h"

namespace nn {

// Of one copy of a model, on the processor.
class Profiler {
public:
  // A method with its marks, and what the last call has recorded.
  struct Method {
    torch::jit::GraphExecutor executor;
    bool begins_tasks = false;
    std::vector<Site> sites;
    std::unique_ptr<Recorder> recorder;
    // What the table gives out, pointing into the others.
    std::vector<nn_torch_site> view;

    c10::IValue run(const torch::jit::Method &method, torch::jit::Stack stack);
    nn_torch_profile told();
  };

  bool knows(size_t index) const { return methods_.count(index) != 0; }

  // Writes a method out and prepares its code: no call pays for that. In a CallScope.
  void prepare(size_t index, const torch::jit::Method &method);

  // One that is known.
  Method &method(size_t index) { return methods_.at(index); }

private:
  std::map<size_t, Method> methods_;
};

} // namespace nn
