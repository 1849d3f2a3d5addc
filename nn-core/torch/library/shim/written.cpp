#include "written.h"

#include <unordered_set>

#include <c10/core/impl/COW.h>

#include "errors.h"
#include "model.h"
#include "state.h"
#include "table.h"

namespace nn {
namespace {

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

} // namespace

void WrittenPages::note(const torch::jit::Module &module, size_t method) {
  const std::lock_guard lock(lock_);
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

} // namespace nn
