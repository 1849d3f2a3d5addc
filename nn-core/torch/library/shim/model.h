// What stands behind a model handle.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <torch/csrc/jit/api/module.h>

#include "bodies.h"
#include "gate.h"
#include "gpu_share.h"
#include "guard.h"
#include "lane.h"
#include "nn_torch.h"
#include "packs.h"
#include "profiler.h"
#include "state.h"
#include "written.h"

namespace nn {

// Methods that an effect of Neutone has, and no other model.
inline constexpr const char *EFFECT_CONFIGURE = "set_daw_sample_rate_and_buffer_size";
inline constexpr const char *EFFECT_BACKGROUND = "forward_bt";
// The one that a generator has.
inline constexpr const char *GENERATOR_FORWARD = "forward_non_realtime";
// Rows of parameters that its code always gets.
inline constexpr int64_t EFFECT_PARAMETERS = 4;

// What the file promises: read once at load, shared by all forks. `view` points into the other members.
struct Contract {
  struct Method {
    std::string name;
    std::vector<int64_t> params;
    std::vector<std::string> input_labels, output_labels;
  };
  struct Attribute {
    std::string name;
    std::vector<int64_t> types;
  };

  std::vector<Method> methods;
  // Listed, with numbers but without code.
  std::vector<Method> announced;
  std::vector<Attribute> attributes;
  std::vector<std::string> module_methods;
  int64_t sample_rate_hz = 0;
  bool takes_sample_rate = false;
  // An effect of Neutone: its one method takes sound, `[channels, frames]`, and the rows of its parameters, beside each other.
  // 0 for all other models.
  int64_t effect_channels = 0;
  // A generator of Neutone: the name of the method that makes its sounds; it has no other. Empty for all other models.
  std::string generates;

  // Reads the module. May call its get_methods, get_attributes and get_sample_rate.
  static std::shared_ptr<const Contract> read(const torch::jit::Module &module);

  const nn_torch_description &view() const { return view_; }

  Contract() = default;
  Contract(const Contract &) = delete;
  Contract &operator=(const Contract &) = delete;

private:
  void make_view();
  nn_torch_texts texts(const std::vector<std::string> &strings);

  nn_torch_description view_{};
  std::vector<nn_torch_method> method_views_, announced_views_;
  std::vector<nn_torch_attribute> attribute_views_;
  std::deque<std::vector<nn_torch_text>> text_views_;
};

// What a getter answered last: the values and the memory that they point into.
struct Answer {
  std::vector<nn_torch_value> values;
  std::deque<std::string> texts;
  std::deque<at::Tensor> tensors;
  // Of a generator.
  std::vector<nn_torch_input> sounds;

  void clear() {
    sounds.clear();
    values.clear();
    texts.clear();
    tensors.clear();
  }
};

// A model's place on the GPU.
struct GpuPlace {
  GpuPlace(c10::Device where, std::shared_ptr<GpuShare> with) : device(where), share(std::move(with)), lane(where) {}

  // First, so that it goes last.
  OnGpu counted;
  c10::Device device;
  std::shared_ptr<GpuShare> share;
  Lane lane;
  // Memory of the processor from which and to which a block is copied without anybody waiting; kept from run to run.
  at::Tensor input, output;
};

// On, unless the environment says NN_OPTIMISE=0.
bool optimise_by_default() noexcept;

} // namespace nn

struct nn_torch_model {
  // Resolves every name of the contract once, so that no call looks one up.
  nn_torch_model(torch::jit::Module module, std::shared_ptr<const nn::Contract> contract, const nn::Caller &caller,
                 std::unique_ptr<nn::GpuPlace> gpu = nullptr);

  // Makes everything that a host's thread may be the first to call ready to run. Inside a CallScope.
  void prepare_accessors();

  // A method of the module, and its number among all that are called.
  struct Function {
    torch::jit::Method method;
    size_t number;
  };
  struct Accessors {
    std::optional<Function> setter, getter;
  };

  // How many functions there are.
  size_t functions() const { return methods.size() + 2 * attributes.size() + 5; }

  // Calls one that is no method of the contract, with what it takes but for the model itself.
  c10::IValue call(const Function &function, torch::jit::Stack arguments);

  // Where its parameters and buffers are.
  c10::Device device() const { return gpu ? gpu->device : c10::Device(c10::kCPU); }

  // What calls are made in; null on the processor.
  const nn::Lane *lane() const { return gpu ? &gpu->lane : nullptr; }

  // What copies of large state lie in. First, so that it goes last.
  nn::Images images;

  // Null on the processor. Near the front, so that it goes late: whatever of the model is on the GPU goes before.
  std::unique_ptr<nn::GpuPlace> gpu;

  torch::jit::Module module;
  std::shared_ptr<const nn::Contract> contract;
  nn::Caller caller;
  std::vector<torch::jit::Method> methods;
  std::vector<Accessors> attributes;
  std::optional<Function> set_sample_rate, set_buffer, clear_buffer, set_rate_and_frames, delay, generate;
  nn::Answer answer;
  // Shared by all forks.
  std::shared_ptr<nn::Bodies> bodies;
  std::shared_ptr<nn::GpuShares> gpu_shares;
  std::shared_ptr<nn::WrittenPages> written;

  // Shared by all forks. Of no use on the GPU.
  std::shared_ptr<nn::Packs> packs;
  bool optimised = nn::optimise_by_default();
  nn::Counts counts;

  // Of this copy alone; nothing until it is profiled.
  nn::Profiler profiler;
};
