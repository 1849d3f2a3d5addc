#include "state.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <ATen/ops/empty.h>

#include "sparse.h"

namespace nn {
namespace {

using c10::StorageImpl;

// A model with less state than this has all of it copied beforehand: its first block then pays for nothing.
constexpr size_t MOST_EAGER_BYTES = 8 << 20;
// Below this a page more or less is no matter.
constexpr size_t LEAST_SHARED_BYTES = 64 << 10;

// Whether a tensor is its storage, a shape and nothing else.
bool suits(const at::Tensor &tensor) {
  return tensor.defined() && tensor.is_cpu() && tensor.layout() == at::kStrided && tensor.has_storage() &&
         !tensor.is_quantized() && !tensor.is_conj() && !tensor.is_neg();
}

StorageImpl *storage_of(const at::Tensor &tensor) { return tensor.storage().unsafeGetStorageImpl(); }

// The bytes of a storage.
at::Tensor bytes_of(const at::Tensor &tensor) {
  const auto storage = tensor.storage();
  const auto count = static_cast<int64_t>(storage.nbytes());
  return at::empty({0}, at::kByte).set_(storage, 0, {count}, {1});
}

// The same look at another storage.
at::Tensor over(c10::Storage storage, const at::Tensor &like) {
  return at::empty({0}, like.options().requires_grad(false))
      .set_(std::move(storage), like.storage_offset(), like.sizes(), like.strides());
}

} // namespace

std::vector<at::Tensor> tensors_of(const c10::IValue &root) {
  std::vector<at::Tensor> tensors;
  std::unordered_set<const void *> seen;
  std::vector<c10::IValue> left{root};
  while (!left.empty()) {
    const auto value = std::move(left.back());
    left.pop_back();
    if (value.isTensor()) {
      const auto &tensor = value.toTensor();
      if (tensor.defined() && seen.insert(tensor.unsafeGetTensorImpl()).second) {
        tensors.push_back(tensor);
      }
      continue;
    }
    const bool holds = value.isObject() || value.isList() || value.isTuple() || value.isGenericDict();
    if (!holds || !seen.insert(value.internalToPointer()).second) {
      continue;
    }
    if (value.isObject()) {
      const auto &slots = value.toObjectRef().slots();
      left.insert(left.end(), slots.begin(), slots.end());
    } else if (value.isTuple()) {
      const auto &elements = value.toTupleRef().elements();
      left.insert(left.end(), elements.begin(), elements.end());
    } else if (value.isList()) {
      const auto elements = value.toListRef();
      left.insert(left.end(), elements.begin(), elements.end());
    } else {
      for (const auto &entry : value.toGenericDict()) {
        left.push_back(entry.key());
        left.push_back(entry.value());
      }
    }
  }
  return tensors;
}

void copy_state(const torch::jit::Module &module, Memo &memo, Images &images) {
  const auto parameters = module.parameters();
  std::unordered_set<const void *> weights;
  for (const auto &parameter : parameters) {
    weights.insert(parameter.unsafeGetTensorImpl());
  }
  // By storages, in the order in which they are met.
  std::vector<at::Tensor> firsts;
  std::unordered_map<StorageImpl *, c10::Storage> copies;
  const auto tensors = tensors_of(module._ivalue());
  size_t total = 0;
  for (const auto &tensor : tensors) {
    if (weights.count(tensor.unsafeGetTensorImpl()) == 0 && suits(tensor) &&
        copies.try_emplace(storage_of(tensor)).second) {
      firsts.push_back(tensor);
      total += tensor.storage().nbytes();
    }
  }
  const bool all_eager = total <= MOST_EAGER_BYTES;
  std::vector<at::Tensor> eager;
  for (const auto &first : firsts) {
    auto &storage = *storage_of(first);
    auto *in_file = storage.nbytes() >= LEAST_SHARED_BYTES && !all_eager ? Image::slice_of(storage) : nullptr;
    auto *part = in_file == nullptr ? Slice::of(storage) : in_file;
    if (part == nullptr) {
      eager.push_back(bytes_of(first));
      continue;
    }
    copies[&storage] = c10::Storage(in_file != nullptr ? part->storage() : part->copy_of(storage));
    auto image = part->image();
    if (std::find(images.begin(), images.end(), image) == images.end()) {
      images.push_back(std::move(image));
    }
  }
  const auto sparse = sparse_copies(eager);
  for (size_t i = 0; i < eager.size(); ++i) {
    copies[storage_of(eager[i])] = (sparse[i].defined() ? sparse[i] : eager[i].clone()).storage();
  }
  for (const auto &tensor : tensors) {
    const bool is_weight = weights.count(tensor.unsafeGetTensorImpl()) != 0;
    const auto copy = suits(tensor) ? copies.find(storage_of(tensor)) : copies.end();
    if (copy != copies.end()) {
      memo.emplace(c10::IValue(tensor), c10::IValue(over(copy->second, tensor)));
    } else if (is_weight) {
      memo.emplace(c10::IValue(tensor), c10::IValue(tensor));
    }
  }
}

} // namespace nn
