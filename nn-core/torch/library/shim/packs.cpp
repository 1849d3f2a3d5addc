#include "packs.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/passes/inliner.h>

namespace nn {
namespace {

// A weight that changes all the time costs more to pack than packing gives: after the n-th time it must have been
// asked for 2^n times unchanged, up to this many.
constexpr uint32_t MOST_PATIENCE = 1024;

// Weights as the model has them: with other types models would sound another way.
constexpr auto ELEMENT = NN_KERNELS_F32;

bool same(const nn_kernels_shape &a, const nn_kernels_shape &b) { return std::memcmp(&a, &b, sizeof(a)) == 0; }

// The most that is compared at a call, and how many weights are known that way.
constexpr size_t MOST_COMPARED_BYTES = 1 << 20;
constexpr uint32_t MOST_ALIKE = 64;
// After so many weights in a row that never came again, most are not even looked at.
constexpr uint32_t MOST_STRANGERS = 256;

// Why weights could not be packed: looked for once, when that was tried.
Left why_not_packed(const nn_kernels_shape &shape, const at::Tensor &contiguous) {
  switch (kernels()->refusal(&shape)) {
  case NN_KERNELS_COVERED: {
    const auto *weights = contiguous.const_data_ptr<float>();
    const auto finite = [](float weight) { return std::isfinite(weight); };
    return std::all_of(weights, weights + contiguous.numel(), finite) ? Left::FAILED : Left::NOT_FINITE;
  }
  case NN_KERNELS_GROUPS:
    return Left::GROUPS;
  case NN_KERNELS_FEW:
    return Left::FEW;
  default:
    return Left::SHAPE;
  }
}

uint64_t fingerprint(const at::Tensor &tensor) {
  const auto *words = static_cast<const char *>(tensor.const_data_ptr());
  uint64_t sums[4] = {1, 2, 3, 4};
  size_t at = 0;
  for (; at + 32 <= tensor.nbytes(); at += 32) {
    uint64_t four[4];
    std::memcpy(four, words + at, 32);
    for (int i = 0; i < 4; ++i) {
      sums[i] = (sums[i] ^ four[i]) * 0x9E3779B97F4A7C15u;
      sums[i] ^= sums[i] >> 29;
    }
  }
  for (; at < tensor.nbytes(); ++at) {
    sums[0] = (sums[0] ^ static_cast<unsigned char>(words[at])) * 0x100000001B3u;
  }
  return sums[0] ^ sums[1] * 3 ^ sums[2] * 5 ^ sums[3] * 7 ^ tensor.nbytes();
}

// Whether code may write into a weight without its version counter showing it.
bool writes_unseen(const torch::jit::Block &block) {
  static const auto data = c10::Symbol::fromQualString("prim::data");
  static const auto set = c10::Symbol::fromQualString("aten::set_");
  static const auto set_data = c10::Symbol::fromQualString("aten::set_data");
  for (const auto *node : block.nodes()) {
    if (node->kind() == data || node->kind() == set || node->kind() == set_data) {
      return true;
    }
    for (const auto *inner : node->blocks()) {
      if (writes_unseen(*inner)) {
        return true;
      }
    }
  }
  return false;
}

} // namespace

struct Packs::Pack {
  nn_kernels_shape shape;
  int64_t offset = 0;
  uint32_t version = 0;
  // Null: the kernels do not cover this, and why.
  nn_kernels_packed *packed = nullptr;
  Left why = Left::NOT;
  std::atomic<Pack *> next{nullptr};
  // What is compared, in the order of memory, and the strides that give it meaning.
  std::vector<char> copy;
  std::vector<int64_t> strides;

  ~Pack() { kernels()->free(packed); }

  // Of weights in the order of their dimensions.
  void fill(const at::Tensor &contiguous) {
    packed = kernels()->pack(&shape, ELEMENT, contiguous.const_data_ptr<float>());
    why = packed == nullptr ? why_not_packed(shape, contiguous) : Left::NOT;
  }

  // What was packed, or why it was not.
  const nn_kernels_packed *given(Left &left) const {
    if (packed == nullptr) {
      left = why;
    }
    return packed;
  }
};

struct Packs::Weight {
  explicit Weight(const c10::Storage &storage) : storage(storage.getWeakStorageImpl()) {}

  c10::weak_intrusive_ptr<c10::StorageImpl> storage;
  std::atomic<Pack *> first{nullptr};
  // Under the mutex: how often a changed weight was packed, the version last seen and how often it was.
  uint32_t changes = 0, seen_version = 0, seen = 0;
};

Packs::Packs(const torch::jit::Module &module) {
  for (const auto &parameter : module.parameters()) {
    admit(parameter);
  }
  for (const auto &method : module.get_methods()) {
    const auto graph = torch::jit::toGraphFunction(method.function()).graph()->copy();
    torch::jit::Inline(*graph);
    watchable_ = watchable_ && !writes_unseen(*graph->block());
    admit_constants(*graph->block());
  }
}

Packs::~Packs() {
  for (auto *pack = alike_.load(); pack != nullptr;) {
    dropped_.emplace_back(pack);
    pack = pack->next.load();
  }
  for (auto &[storage, weight] : weights_) {
    drop(*weight, std::nullopt);
  }
}

void Packs::admit(const at::Tensor &tensor) {
  if (tensor.defined() && tensor.is_cpu() && tensor.layout() == at::kStrided && tensor.dim() == 3 &&
      tensor.scalar_type() == at::kFloat && tensor.numel() != 0 && !tensor.is_inference()) {
    const auto &storage = tensor.storage();
    weights_.try_emplace(storage.unsafeGetStorageImpl(), std::make_unique<Weight>(storage));
  }
}

void Packs::admit_constants(const torch::jit::Block &block) {
  for (const auto *node : block.nodes()) {
    if (node->kind() == c10::prim::Constant && node->hasAttribute(c10::attr::value) &&
        node->kindOf(c10::attr::value) == torch::jit::AttributeKind::t) {
      admit(node->t(c10::attr::value));
    }
    for (const auto *inner : node->blocks()) {
      admit_constants(*inner);
    }
  }
}

const nn_kernels_packed *Packs::find(const at::Tensor &tensor, const nn_kernels_shape &shape, Left &left) {
  const auto found = weights_.find(tensor.storage().unsafeGetStorageImpl());
  if (found == weights_.end() || !watchable_ || tensor.is_inference() || !tensor.is_contiguous()) {
    return find_alike(tensor, shape, left);
  }
  const auto version = tensor.unsafeGetTensorImpl()->version_counter().current_version();
  const auto offset = tensor.storage_offset();
  for (auto *pack = found->second->first.load(std::memory_order_acquire); pack != nullptr;
       pack = pack->next.load(std::memory_order_acquire)) {
    if (pack->version == version && pack->offset == offset && same(pack->shape, shape)) {
      return pack->given(left);
    }
  }
  return pack(*found->second, tensor, shape, version, left);
}

const nn_kernels_packed *Packs::pack(Weight &weight, const at::Tensor &tensor, const nn_kernels_shape &shape,
                                     uint32_t version, Left &left) {
  const std::lock_guard lock(changing_);
  bool changed = false;
  for (auto *pack = weight.first.load(); pack != nullptr; pack = pack->next.load()) {
    if (pack->version == version && pack->offset == tensor.storage_offset() && same(pack->shape, shape)) {
      return pack->given(left); // Another thread was faster.
    }
    changed = changed || pack->version != version;
  }
  if (changed) {
    drop(weight, version);
    weight.changes = std::min(weight.changes + 1, 31u);
    weight.seen = 0;
  }
  weight.seen = weight.seen_version == version ? weight.seen + 1 : 0;
  weight.seen_version = version;
  const auto patience = weight.changes == 0 ? 0 : std::min(1u << (weight.changes - 1), MOST_PATIENCE);
  if (weight.seen + 1 < patience) {
    left = Left::CHANGES;
    return nullptr;
  }
  auto pack = std::make_unique<Pack>();
  pack->shape = shape;
  pack->offset = tensor.storage_offset();
  pack->version = version;
  pack->fill(tensor);
  pack->next = weight.first.load();
  const auto *packed = pack->given(left);
  weight.first.store(pack.release(), std::memory_order_release);
  // Weights that the model let go of since.
  for (auto &[storage, other] : weights_) {
    if (other->storage.expired()) {
      drop(*other, std::nullopt);
    }
  }
  return packed;
}

const nn_kernels_packed *Packs::find_alike(const at::Tensor &tensor, const nn_kernels_shape &shape, Left &left) {
  if (tensor.nbytes() > MOST_COMPARED_BYTES || !tensor.is_non_overlapping_and_dense()) {
    left = Left::LARGE;
    return nullptr;
  }
  const auto *data = tensor.const_data_ptr();
  for (auto *pack = alike_.load(std::memory_order_acquire); pack != nullptr;
       pack = pack->next.load(std::memory_order_acquire)) {
    if (same(pack->shape, shape) && tensor.strides() == at::IntArrayRef(pack->strides) &&
        std::memcmp(pack->copy.data(), data, pack->copy.size()) == 0) {
      return pack->given(left);
    }
  }
  // Counted without care: it only decides how often to look.
  const auto strangers = strangers_.load(std::memory_order_relaxed);
  strangers_.store(strangers + 1, std::memory_order_relaxed);
  left = Left::NEW;
  return strangers > MOST_STRANGERS && strangers % MOST_STRANGERS > 1 ? nullptr : pack_alike(tensor, shape, left);
}

const nn_kernels_packed *Packs::pack_alike(const at::Tensor &tensor, const nn_kernels_shape &shape, Left &left) {
  const auto print = fingerprint(tensor);
  const std::lock_guard lock(changing_);
  if (std::find(fingerprints_.begin(), fingerprints_.end(), print) == fingerprints_.end()) {
    fingerprints_[next_fingerprint_++ % fingerprints_.size()] = print;
    return nullptr;
  }
  strangers_.store(0, std::memory_order_relaxed);
  if (alike_count_ == MOST_ALIKE) {
    // Begin anew with those that are still in use.
    for (auto *pack = alike_.exchange(nullptr); pack != nullptr; pack = pack->next.load()) {
      dropped_.emplace_back(pack);
    }
    any_dropped_ = true;
    alike_count_ = 0;
  }
  auto pack = std::make_unique<Pack>();
  const auto contiguous = tensor.contiguous();
  const auto *bytes = static_cast<const char *>(tensor.const_data_ptr());
  pack->shape = shape;
  pack->copy.assign(bytes, bytes + tensor.nbytes());
  pack->strides = tensor.strides().vec();
  pack->fill(contiguous);
  pack->next = alike_.load();
  const auto *packed = pack->given(left);
  alike_.store(pack.release(), std::memory_order_release);
  alike_count_ += 1;
  return packed;
}

void Packs::drop(Weight &weight, std::optional<uint32_t> keep_version) {
  auto *link = &weight.first;
  while (auto *pack = link->load()) {
    if (pack->version != keep_version) {
      link->store(pack->next.load());
      dropped_.emplace_back(pack);
      any_dropped_ = true;
    } else {
      link = &pack->next;
    }
  }
}

void Packs::leave() noexcept {
  if (users_.fetch_sub(1) != 1 || !any_dropped_) {
    return;
  }
  const std::lock_guard lock(changing_);
  // A run that begins now finds nothing that was unlinked before.
  if (users_ == 0) {
    dropped_.clear();
    any_dropped_ = false;
  }
}

Packs::Figures Packs::figures() {
  const std::lock_guard lock(changing_);
  Figures figures;
  for (const auto &[storage, weight] : weights_) {
    for (auto *pack = weight->first.load(); pack != nullptr; pack = pack->next.load()) {
      if (pack->packed != nullptr) {
        figures.packs += 1;
        figures.bytes += kernels()->bytes(pack->packed);
      }
    }
  }
  for (auto *pack = alike_.load(); pack != nullptr; pack = pack->next.load()) {
    figures.packs += pack->packed != nullptr;
    figures.bytes += pack->copy.size() + (pack->packed != nullptr ? kernels()->bytes(pack->packed) : 0);
  }
  return figures;
}

} // namespace nn
