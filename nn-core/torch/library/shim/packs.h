// Packed weights of one loaded file, shared by all forks.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include <ATen/core/Tensor.h>
#include <torch/csrc/jit/api/module.h>

#include "kernels.h"
#include "left.h"

namespace nn {

// Weights are packed at their first use, and anew when they were changed in place, which the version counter of the
// tensor tells. That goes for tensors that were registered when the file was loaded: parameters, and constants of the
// compiled code. They are known by their storage, which is held weakly: its address cannot be given to another one,
// and its memory goes with the model.
//
// Others (buffers, which forks copy, and weights that are computed anew at every call) are known by what they hold:
// small ones are compared with the copies that were packed, and packed when the same came twice.
//
// The look-up takes no lock and writes nothing, because forks run on several threads at once.
class Packs {
public:
  // Of a module that was loaded outside inference mode: tensors made inside it have no version counter.
  explicit Packs(const torch::jit::Module &module);
  ~Packs();
  Packs(const Packs &) = delete;
  Packs &operator=(const Packs &) = delete;

  // The packed form of a weight for a convolution; null when it is not to be packed, and `left` says why. Only inside a Use.
  const nn_kernels_packed *find(const at::Tensor &weight, const nn_kernels_shape &shape, Left &left);

  // How many packs there are, and their bytes.
  struct Figures {
    uint64_t packs = 0, bytes = 0;
  };
  Figures figures();

  // For the time of a run: what was found in it is not freed before its end.
  class Use {
  public:
    explicit Use(Packs &packs) : packs_(packs) { packs_.users_.fetch_add(1); }
    ~Use() { packs_.leave(); }
    Use(const Use &) = delete;
    Use &operator=(const Use &) = delete;

  private:
    Packs &packs_;
  };

private:
  struct Pack;
  struct Weight;

  void admit(const at::Tensor &tensor);
  void admit_constants(const torch::jit::Block &block);
  const nn_kernels_packed *pack(Weight &weight, const at::Tensor &tensor, const nn_kernels_shape &shape,
                                uint32_t version, Left &left);
  const nn_kernels_packed *find_alike(const at::Tensor &weight, const nn_kernels_shape &shape, Left &left);
  const nn_kernels_packed *pack_alike(const at::Tensor &weight, const nn_kernels_shape &shape, Left &left);
  void drop(Weight &weight, std::optional<uint32_t> keep_version);
  void leave() noexcept;

  // Never changed after the constructor.
  std::unordered_map<const c10::StorageImpl *, std::unique_ptr<Weight>> weights_;
  bool watchable_ = true;

  // Known by what they hold; how many, the fingerprints of the last ones that were not packed, and how many
  // of those came without any that was packed.
  std::atomic<Pack *> alike_{nullptr};
  std::atomic<uint32_t> strangers_{0};
  uint32_t alike_count_ = 0;
  std::array<uint64_t, 128> fingerprints_{};
  size_t next_fingerprint_ = 0;

  std::atomic<uint64_t> users_{0};
  std::atomic<bool> any_dropped_{false};
  std::mutex changing_;
  // Unlinked, but perhaps still in use.
  std::vector<std::unique_ptr<Pack>> dropped_;
};

} // namespace nn
