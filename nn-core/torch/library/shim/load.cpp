#include "table.h"

#include "depth.h"
#include "errors.h"
#include "here.h"
#include "import.h"
#include "model.h"
#include "scope.h"

using nn::EFFECT_CONFIGURE;

nn_torch_model::nn_torch_model(torch::jit::Module m, std::shared_ptr<const nn::Contract> c, const nn::Caller &call,
                               std::unique_ptr<nn::GpuPlace> place)
    : gpu(std::move(place)), module(std::move(m)), contract(std::move(c)), caller(call) {
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
  if (!contract->generates.empty()) {
    set_rate_and_frames = function(EFFECT_CONFIGURE);
    generate = function(contract->generates);
  }
  if (contract->effect_channels != 0) {
    set_rate_and_frames = function(EFFECT_CONFIGURE);
    // Before version 1.3 of its SDK under another name.
    const bool is_old = !module.find_method("calc_model_delay_samples").has_value();
    delay = function(is_old ? "calc_min_delay_samples" : "calc_model_delay_samples");
  }
}

c10::IValue nn_torch_model::call(const Function &function, torch::jit::Stack arguments) {
  if (!gpu) {
    return nn::call_here(function.method, std::move(arguments));
  }
  arguments.insert(arguments.begin(), module._ivalue());
  return gpu->share->bodies.run(function.number, function.method, std::move(arguments));
}

void nn_torch_model::prepare_accessors() {
  std::vector<torch::jit::Function *> functions;
  const auto add = [&](const std::optional<Function> &function) {
    if (function) functions.push_back(&function->method.function());
  };
  for (const auto &[setter, getter] : attributes) {
    add(setter);
    add(getter);
  }
  add(set_sample_rate);
  add(set_buffer);
  add(clear_buffer);
  add(set_rate_and_frames);
  add(delay);
  add(generate);
  nn::prepare_functions(module, functions);
}

namespace nn {

namespace {

nn_torch_model *loaded(const std::shared_ptr<Image> &image, Policy policy) {
  Caller caller(policy.only_allowed);
  const PrintScope prints;
  // Outside inference mode: tensors made inside it have no version counter, by which changes of a weight show.
  auto module = [&] {
    // As for every other call: a model's __setstate__ runs here.
    const torch::jit::GraphOptimizerEnabledGuard unoptimized(false);
    const GuardScope guard(caller);
    auto read = import_module(image, policy);
    read.eval();
    return read;
  }();
  const CallScope scope(caller);
  auto contract = Contract::read(module);
  auto made = std::make_unique<nn_torch_model>(std::move(module), std::move(contract), caller);
  made->prepare_accessors();
  made->packs = std::make_shared<Packs>(made->module);
  made->bodies = std::make_shared<Bodies>(made->methods.size());
  made->gpu_shares = std::make_shared<GpuShares>();
  made->written = std::make_shared<WrittenPages>(made->module);
  return made.release();
}

} // namespace

nn_torch_status load(nn_torch_image *image, uint8_t all_operators, uint8_t stored, nn_torch_model **model,
                     nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(image != nullptr && model != nullptr, "load: a pointer is null");
    *model = loaded(image->image, {all_operators == 0, stored != 0});
  });
}

nn_torch_status image_new(size_t length, nn_torch_image **image, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(image != nullptr && length != 0, "image_new: nothing to hold");
    *image = new nn_torch_image{std::make_shared<Image>(length)};
  });
}

void image_free(nn_torch_image *image) noexcept {
  guarded(nullptr, [&] { delete image; });
}

nn_torch_status image_write(nn_torch_image *image, size_t at, const uint8_t *bytes, size_t count,
                            nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(image != nullptr && bytes != nullptr, "image_write: a pointer is null");
    require(at <= image->image->size() && count <= image->image->size() - at, "image_write: outside of the image");
    image->image->write(at, reinterpret_cast<const char *>(bytes), count);
  });
}

nn_torch_status image_read(const nn_torch_image *image, size_t at, uint8_t *bytes, size_t count,
                           nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(image != nullptr && bytes != nullptr, "image_read: a pointer is null");
    require(at <= image->image->size() && count <= image->image->size() - at, "image_read: outside of the image");
    image->image->read(at, reinterpret_cast<char *>(bytes), count);
  });
}

void free(nn_torch_model *model) noexcept {
  guarded(nullptr, [&] {
    if (model == nullptr) return;
    Caller caller(model->caller);
    const CallScope scope(caller);
    delete model;
  });
}

} // namespace nn
