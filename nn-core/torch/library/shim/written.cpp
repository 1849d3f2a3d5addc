#include "written.h"

#include <algorithm>
#include <unordered_set>

#include <c10/core/impl/COW.h>

#include "errors.h"
#include "model.h"
#include "state.h"
#include "table.h"

namespace nn {
namespace {

// A smaller model may take what it likes.
constexpr size_t LEAST_LARGE_BYTES = 100 << 20;

// The memory of a model's tensors, in bytes.
struct Held {
  // Of all of them, as their shapes say.
  size_t tensors = 0;
  // What all copies have once: parameters, and what their image holds of their state.
  size_t shared = 0;
  // What this copy has of its own.
  size_t own = 0;
};

// Calls with each storage of a model that is a copy of a part of its file, and with that part.
template <typename Function> void each_copy(const torch::jit::Module &module, const Function &function) {
  std::unordered_set<const c10::StorageImpl *> seen;
  for (const auto &tensor : tensors_of(module._ivalue())) {
    if (!tensor.has_storage()) {
      continue;
    }
    auto *storage = tensor.storage().unsafeGetStorageImpl();
    if (const auto *part = seen.insert(storage).second ? Slice::of(*storage) : nullptr) {
      function(*storage, *part);
    }
  }
}

Held held_by(const torch::jit::Module &module) {
  Held held;
  std::unordered_set<const c10::StorageImpl *> seen;
  const auto add = [&](const at::Tensor &tensor, const auto &count) {
    if (!tensor.has_storage()) {
      return;
    }
    const auto *storage = tensor.storage().unsafeGetStorageImpl();
    if (seen.insert(storage).second) {
      held.tensors += storage->nbytes();
      count(*storage);
    }
  };
  for (const auto &weight : module.parameters()) {
    add(weight, [&](const c10::StorageImpl &storage) { held.shared += storage.nbytes(); });
  }
  for (const auto &state : tensors_of(module._ivalue())) {
    add(state, [&](const c10::StorageImpl &storage) {
      const auto *part = Slice::of(storage);
      if (part == nullptr) {
        held.own += storage.nbytes();
        return;
      }
      held.shared += part->held_bytes();
      const auto own = part->own_pages(storage);
      held.own += static_cast<size_t>(std::count(own.begin(), own.end(), true)) * Image::page_bytes();
    });
  }
  return held;
}

} // namespace

bool is_large(size_t tensor_bytes, size_t held_bytes) {
  return tensor_bytes >= LEAST_LARGE_BYTES && held_bytes > tensor_bytes + tensor_bytes / 2;
}

bool WrittenPages::fit_twice() {
  const std::lock_guard lock(lock_);
  return fit_twice_;
}

void WrittenPages::note(const torch::jit::Module &module, size_t method) {
  const auto held = held_by(module);
  const std::lock_guard lock(lock_);
  fit_twice_ = fit_twice_ && !is_large(held.tensors, held.shared + 2 * held.own);
  auto &pages = pages_[method];
  each_copy(module, [&](const c10::StorageImpl &storage, const Slice &part) {
    const auto own = part.own_pages(storage);
    if (own.empty()) {
      return;
    }
    auto &known = pages[&part];
    known.resize(std::max(known.size(), own.size()));
    for (size_t i = 0; i < own.size(); ++i) {
      known[i] = known[i] || own[i];
    }
  });
}

void WrittenPages::own(const torch::jit::Module &module, size_t method) {
  const std::lock_guard lock(lock_);
  const auto &pages = pages_[method];
  each_copy(module, [&](c10::StorageImpl &storage, const Slice &part) {
    if (const auto known = pages.find(&part); known != pages.end()) {
      Slice::own(storage, known->second);
    }
  });
}

nn_torch_status note_written(const nn_torch_model *model, size_t method, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr, "note_written: a pointer is null");
    if (!model->gpu) {
      model->written->note(model->module, method);
    }
  });
}

nn_torch_status own_written(nn_torch_model *model, size_t method, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr, "own_written: a pointer is null");
    if (!model->gpu) {
      model->written->own(model->module, method);
    }
  });
}

nn_torch_status fits_twice(const nn_torch_model *model, uint8_t *fits, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && fits != nullptr, "fits_twice: a pointer is null");
    *fits = model->gpu || model->written->fit_twice() ? 1 : 0;
  });
}

} // namespace nn
