#include "table.h"

#include <algorithm>
#include <cstring>

#include <caffe2/serialize/read_adapter_interface.h>
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

nn_torch_model::nn_torch_model(torch::jit::Module m, std::shared_ptr<const nn::Contract> c,
                               std::unique_ptr<nn::GpuPlace> place)
    : gpu(std::move(place)), module(std::move(m)), contract(std::move(c)) {
  for (const auto &method : contract->methods) {
    methods.push_back(module.get_method(method.name));
  }
  auto number = methods.size();
  const auto function = [&](const std::string &name) -> std::optional<Function> {
    auto method = module.find_method(name);
    const auto its = number++;
    return method ? std::optional<Function>({std::move(*method), its}) : std::nullopt;
  };
  for (const auto &attribute : contract->attributes) {
    auto setter = function("set_" + attribute.name);
    attributes.push_back({std::move(setter), function("get_" + attribute.name)});
  }
  set_sample_rate = function("set_sample_rate");
  set_buffer = function("set_buffer_attribute");
  clear_buffer = function("clear_buffer_attribute");
}

c10::IValue nn_torch_model::call(const Function &function, torch::jit::Stack arguments) {
  if (!gpu) {
    return function.method(std::move(arguments));
  }
  arguments.insert(arguments.begin(), module._ivalue());
  return gpu->share->bodies.run(function.number, function.method, std::move(arguments));
}

namespace nn {

nn_torch_status load(const uint8_t *bytes, size_t length, nn_torch_model **model,
                     nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(bytes != nullptr && model != nullptr, "load: a pointer is null");
    // Outside inference mode: tensors made inside it have no version counter, by which changes of a weight show.
    auto module = torch::jit::load(std::make_shared<Memory>(bytes, length), c10::Device(c10::kCPU),
                                   /*load_debug_files=*/false);
    module.eval();
    const CallScope scope;
    auto contract = Contract::read(module);
    auto made = std::make_unique<nn_torch_model>(std::move(module), std::move(contract));
    made->packs = std::make_shared<Packs>(made->module);
    made->bodies = std::make_shared<Bodies>(made->methods.size());
    made->gpu_shares = std::make_shared<GpuShares>();
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
