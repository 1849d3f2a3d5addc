#include "profiler.h"

#include "here.h"
#include "marks.h"

namespace nn {
namespace {

nn_torch_text text_of(const std::string &text) { return {text.data(), text.size()}; }

nn_torch_site told_of(const Site &site) {
  const auto &shape = site.shape;
  return {text_of(site.path),  text_of(site.op),   site.runs,         site.ns,
          site.allocations,    site.allocated_bytes, site.products,   site.weight_bytes,
          site.sample_bytes,   shape.in_channels,  shape.out_channels, shape.kernel,
          shape.stride,        shape.dilation,     shape.groups,      site.out_frames,
          site.convolution,    static_cast<uint32_t>(shape.transposed)};
}

} // namespace

void Profiler::prepare(size_t index, const torch::jit::Method &method) {
  Method made;
  Places places;
  auto graph = written_out(method, std::nullopt, &places);
  made.begins_tasks = may_begin_tasks(*graph->block());
  made.sites = put_marks(*graph, places);
  made.executor = torch::jit::GraphExecutor(graph, method.name());
  torch::jit::Stack none;
  made.executor.getPlanFor(none);
  // The recorder keeps its sites where they stay. A method is known with its recorder or not at all.
  const auto kept = methods_.emplace(index, std::move(made)).first;
  try {
    kept->second.recorder = std::make_unique<Recorder>(kept->second.sites);
  } catch (...) {
    methods_.erase(kept);
    throw;
  }
}

c10::IValue Profiler::Method::run(const torch::jit::Method &method, torch::jit::Stack stack) {
  return run_body(executor, begins_tasks, method, std::move(stack));
}

nn_torch_profile Profiler::Method::told() {
  view.clear();
  for (const auto &site : sites) {
    view.push_back(told_of(site));
  }
  const auto &moments = recorder->moments();
  return {view.data(), view.size(), recorder->total_ns(), recorder->peak_bytes(), moments.data(), moments.size()};
}

} // namespace nn
