#include "table.h"

#include <algorithm>
#include <cstring>

#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/passes/constant_pooling.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>
#include <torch/csrc/jit/passes/inliner.h>
#include <torch/csrc/jit/serialization/import.h>

#include "errors.h"
#include "model.h"
#include "scope.h"

namespace {

// Bytes of the caller, for the time of a load. libtorch copies every record out of them.
class Memory final : public caffe2::serialize::ReadAdapterInterface {
public:
  Memory(const uint8_t *bytes, size_t length) : bytes_(bytes), length_(length) {}

  size_t size() const override { return length_; }

  size_t read(uint64_t position, void *into, size_t count, const char * /*what*/) const override {
    if (position >= length_) {
      return 0;
    }
    const size_t there = std::min<uint64_t>(count, length_ - position);
    std::memcpy(into, bytes_ + position, there);
    return there;
  }

private:
  const uint8_t *bytes_;
  size_t length_;
};

} // namespace

nn_torch_model::nn_torch_model(torch::jit::Module m, std::shared_ptr<const nn::Contract> c, c10::Device d)
    : module(std::move(m)), contract(std::move(c)), device(d) {
  for (const auto &method : contract->methods) {
    methods.push_back(module.get_method(method.name));
  }
  for (const auto &attribute : contract->attributes) {
    attributes.push_back({module.find_method("set_" + attribute.name), module.find_method("get_" + attribute.name)});
  }
  set_sample_rate = module.find_method("set_sample_rate");
  set_buffer = module.find_method("set_buffer_attribute");
  clear_buffer = module.find_method("clear_buffer_attribute");
}

namespace nn {
namespace {

// Deeper than modules stand in each other; calls through interfaces stay for ever.
constexpr int MOST_DEPTH = 32;

bool calls(const torch::jit::Block &block) {
  for (const auto *node : block.nodes()) {
    if (node->kind() == c10::prim::CallMethod || node->kind() == c10::prim::CallFunction) {
      return true;
    }
    for (const auto *inner : node->blocks()) {
      if (calls(*inner)) {
        return true;
      }
    }
  }
  return false;
}

// Calls run without the graph executor's optimisation, whose first calls are slow. The one part of it that helps a
// stream is done here, before anything has been run: the code of called modules is written into the caller's, which
// saves the interpreter a frame for each of them at every call.
// Inside a CallScope: else every called method is optimised first, which takes longer than all the rest of a load.
void inline_methods(const torch::jit::Module &module) {
  for (const auto &method : module.get_methods()) {
    const auto graph = torch::jit::toGraphFunction(method.function()).graph();
    // One level at a time.
    for (int depth = 0; depth < MOST_DEPTH && calls(*graph->block()); ++depth) {
      torch::jit::Inline(*graph);
    }
    torch::jit::ConstantPooling(graph);
    torch::jit::EliminateDeadCode(graph);
  }
}

} // namespace

nn_torch_status load(const uint8_t *bytes, size_t length, nn_torch_model **model,
                     nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(bytes != nullptr && model != nullptr, "load: a pointer is null");
    // Outside inference mode: tensors made inside it have no version counter, by which changes of a weight show.
    auto module = torch::jit::load(std::make_shared<Memory>(bytes, length), c10::Device(c10::kCPU),
                                   /*load_debug_files=*/false);
    module.eval();
    const CallScope scope;
    inline_methods(module);
    auto contract = Contract::read(module);
    auto made = std::make_unique<nn_torch_model>(std::move(module), std::move(contract));
    made->packs = std::make_shared<Packs>(made->module);
    *model = made.release();
  });
}

void free(nn_torch_model *model) noexcept {
  guarded(nullptr, [&] {
    const CallScope scope;
    delete model;
  });
}

} // namespace nn
