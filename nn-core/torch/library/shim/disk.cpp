// The state of a large model as its file has it, on a disk: what plays has all of it in memory once more.
#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include "errors.h"
#include "model.h"
#include "state.h"
#include "table.h"
#include "written.h"

namespace nn {
namespace {

// The image that holds most of a model's state, where that cannot stay in memory beside a copy of which every byte is
// written; null where it can.
std::shared_ptr<Image> for_disk(const torch::jit::Module &module) {
  std::unordered_set<const c10::StorageImpl *> seen;
  size_t weights = 0, state = 0, held = 0;
  for (const auto &weight : module.parameters()) {
    if (weight.has_storage() && seen.insert(weight.storage().unsafeGetStorageImpl()).second) {
      weights += weight.storage().nbytes();
    }
  }
  std::unordered_map<std::shared_ptr<Image>, size_t> images;
  for (const auto &tensor : tensors_of(module._ivalue())) {
    auto *storage = tensor.has_storage() ? tensor.storage().unsafeGetStorageImpl() : nullptr;
    if (storage == nullptr || !seen.insert(storage).second) {
      continue;
    }
    state += storage->nbytes();
    const auto *part = Image::slice_of(*storage);
    const auto in_memory = part == nullptr ? storage->nbytes() : part->held_bytes();
    held += in_memory;
    if (part != nullptr) {
      images[part->image()] += in_memory;
    }
  }
  const auto most = std::max_element(images.begin(), images.end(),
                                     [](const auto &one, const auto &other) { return one.second < other.second; });
  return most != images.end() && is_large(weights + state, weights + held + state) ? most->first : nullptr;
}

} // namespace

nn_torch_status disk_bytes(const nn_torch_model *model, size_t *count, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && count != nullptr, "disk_bytes: a pointer is null");
    const auto image = for_disk(model->module);
    *count = image == nullptr ? 0 : image->size();
  });
}

nn_torch_status move_to_disk(nn_torch_model *model, int64_t file, uint8_t *moved, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(model != nullptr && moved != nullptr, "move_to_disk: a pointer is null");
    require(file >= 0 && file <= std::numeric_limits<int>::max(), "move_to_disk: no file");
    const auto image = for_disk(model->module);
    *moved = image != nullptr && image->move_to(static_cast<int>(file)) ? 1 : 0;
  });
}

} // namespace nn
