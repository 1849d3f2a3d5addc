#include "written.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include <c10/core/impl/COW.h>

#include "errors.h"
#include "model.h"
#include "state.h"
#include "table.h"

namespace nn {
namespace {

// A smaller model may take what it likes.
constexpr size_t LEAST_LARGE_BYTES = 100'000'000;

// Whether so much memory is too much for a model with so many bytes of tensors.
bool is_too_much(size_t tensor_bytes, size_t held_bytes) {
  return tensor_bytes >= LEAST_LARGE_BYTES && held_bytes > tensor_bytes + tensor_bytes / 2;
}

// Calls with each storage of a model once, and with whether it is that of a parameter.
template <typename Function> void each_storage(const torch::jit::Module &module, const Function &function) {
  std::unordered_set<const c10::StorageImpl *> seen;
  const auto add = [&](const at::Tensor &tensor, bool is_weight) {
    auto *storage = tensor.has_storage() ? tensor.storage().unsafeGetStorageImpl() : nullptr;
    if (storage != nullptr && seen.insert(storage).second) {
      function(*storage, is_weight);
    }
  };
  for (const auto &weight : module.parameters()) {
    add(weight, true);
  }
  for (const auto &tensor : tensors_of(module._ivalue())) {
    add(tensor, false);
  }
}

// Calls with each storage of a model that is a copy of a part of its file, and with that part.
template <typename Function> void each_copy(const torch::jit::Module &module, const Function &function) {
  std::unordered_set<const c10::StorageImpl *> seen;
  for (const auto &tensor : tensors_of(module._ivalue())) {
    if (!tensor.has_storage()) {
      continue;
    }
    auto *storage = tensor.storage().unsafeGetStorageImpl();
    if (auto *part = seen.insert(storage).second ? Slice::of(*storage) : nullptr) {
      function(*storage, *part);
    }
  }
}

} // namespace

WrittenPages::WrittenPages(const torch::jit::Module &original) {
  each_storage(original, [&](const c10::StorageImpl &storage, bool is_weight) {
    tensor_bytes_ += storage.nbytes();
    auto *part = is_weight ? nullptr : Image::slice_of(storage);
    if (part != nullptr) {
      parts_.push_back({part->image(), part, false});
    } else {
      (is_weight ? weight_bytes_ : other_bytes_) += storage.nbytes();
    }
  });
}

size_t WrittenPages::shared_bytes() const {
  auto bytes = weight_bytes_ + other_bytes_;
  for (const auto &part : parts_) {
    bytes += part.slice->held_bytes();
  }
  return bytes;
}

size_t WrittenPages::written_pages(const Slice *part) const {
  Pages all;
  for (const auto &[method, pages] : pages_) {
    if (const auto known = pages.find(part); known != pages.end()) {
      all.resize(std::max(all.size(), known->second.size()));
      for (size_t i = 0; i < known->second.size(); ++i) {
        all[i] = all[i] || known->second[i];
      }
    }
  }
  return static_cast<size_t>(std::count(all.begin(), all.end(), true));
}

void WrittenPages::note(const torch::jit::Module &module, size_t method) {
  size_t besides = 0;
  each_storage(module, [&](const c10::StorageImpl &storage, bool is_weight) {
    besides += is_weight || Slice::of(storage) != nullptr ? 0 : storage.nbytes();
  });
  const std::lock_guard lock(lock_);
  own_bytes_ = std::max(own_bytes_, besides);
  auto &pages = pages_[method];
  std::unordered_set<const Slice *> there;
  each_copy(module, [&](const c10::StorageImpl &storage, const Slice &part) {
    there.insert(&part);
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
  auto own = own_bytes_;
  for (auto &part : parts_) {
    const auto bytes = written_pages(part.slice) * Image::page_bytes();
    own += bytes;
    part.is_replaced = part.is_replaced || there.count(part.slice) == 0;
    if (bytes < part.slice->bytes() / 2 && !part.is_replaced) {
      part.slice->from_disk();
    }
  }
  copies_fit_ = !is_too_much(tensor_bytes_, shared_bytes() + 3 * own);
}

size_t WrittenPages::disk_bytes() {
  size_t state = other_bytes_, held = 0;
  for (const auto &part : parts_) {
    state += part.slice->bytes();
    held += part.slice->held_bytes();
  }
  return is_too_much(tensor_bytes_, shared_bytes() + state) ? held : 0;
}

bool WrittenPages::to_disk(int file) {
  std::unordered_map<Image *, size_t> images;
  for (const auto &part : parts_) {
    images[part.image.get()] += part.slice->held_bytes();
  }
  const auto most = std::max_element(images.begin(), images.end(),
                                     [](const auto &one, const auto &other) { return one.second < other.second; });
  if (most == images.end() || !most->first->take_disk(file)) {
    return false;
  }
  bool any = false;
  for (const auto &part : parts_) {
    any = (part.image.get() == most->first && part.slice->to_disk()) || any;
  }
  if (!any) {
    most->first->leave_disk();
  }
  return any;
}

void WrittenPages::own(const torch::jit::Module &module, size_t method) {
  const std::lock_guard lock(lock_);
  const auto &pages = pages_[method];
  each_copy(module, [&](c10::StorageImpl &storage, Slice &part) {
    part.rejoin(storage);
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

nn_torch_status copies_fit(const nn_torch_model *model, uint8_t *fit, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && fit != nullptr, "copies_fit: a pointer is null");
    *fit = model->gpu || model->written->copies_fit() ? 1 : 0;
  });
}

nn_torch_status disk_bytes(const nn_torch_model *model, size_t *count, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && count != nullptr, "disk_bytes: a pointer is null");
    *count = model->written->disk_bytes();
  });
}

nn_torch_status move_to_disk(nn_torch_model *model, int64_t file, uint8_t *moved, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && moved != nullptr, "move_to_disk: a pointer is null");
    require(file >= 0 && file <= std::numeric_limits<int>::max(), "move_to_disk: no file");
    *moved = model->written->to_disk(static_cast<int>(file)) ? 1 : 0;
  });
}

} // namespace nn
