#include "sparse.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include <ATen/ops/empty.h>
#include <c10/core/CPUAllocator.h>

#include "zero_pages.h"

namespace nn {
namespace {

// What libtorch gives its own tensors, for vector instructions.
constexpr size_t TENSOR_ALIGNMENT_BYTES = 64;
// Below this there is nothing to save.
constexpr size_t LEAST_BYTES = 2 * ZeroPages::PAGE_BYTES;

constexpr size_t aligned(size_t bytes) { return (bytes + TENSOR_ALIGNMENT_BYTES - 1) / TENSOR_ALIGNMENT_BYTES * TENSOR_ALIGNMENT_BYTES; }

bool is_worth_it(const at::Tensor &tensor) {
  return tensor.defined() && tensor.is_cpu() && tensor.layout() == at::kStrided && !tensor.is_quantized() &&
         !tensor.is_conj() && !tensor.is_neg() && !tensor.requires_grad() && tensor.is_non_overlapping_and_dense() &&
         tensor.nbytes() >= LEAST_BYTES;
}

// Copies what is not zero, page by page of the target, whose bytes are all zero.
void copy_sparsely(char *to, const char *from, size_t count) {
  static const char zeros[ZeroPages::PAGE_BYTES] = {};
  while (count != 0) {
    const size_t into_page = reinterpret_cast<uintptr_t>(to) % ZeroPages::PAGE_BYTES;
    const size_t piece = std::min(count, ZeroPages::PAGE_BYTES - into_page);
    if (std::memcmp(from, zeros, piece) != 0) {
      std::memcpy(to, from, piece);
    }
    to += piece;
    from += piece;
    count -= piece;
  }
}

// A tensor over a part of the pages, which stay for as long as it does.
at::Tensor over(const std::shared_ptr<ZeroPages> &pages, size_t offset, const at::Tensor &like) {
  const auto release = [](void *owner) { delete static_cast<std::shared_ptr<ZeroPages> *>(owner); };
  auto owner = std::make_unique<std::shared_ptr<ZeroPages>>(pages);
  c10::DataPtr data(pages->bytes() + offset, owner.get(), release, c10::Device(c10::kCPU));
  owner.release();
  // Resizable with libtorch's own allocator, as any other tensor.
  c10::Storage storage(c10::Storage::use_byte_size_t(), like.nbytes(), std::move(data), c10::GetCPUAllocator(), true);
  return at::empty({0}, like.options()).set_(std::move(storage), 0, like.sizes(), like.strides());
}

} // namespace

std::vector<at::Tensor> sparse_copies(const std::vector<at::Tensor> &tensors) {
  size_t total = 0;
  for (const auto &tensor : tensors) {
    total += is_worth_it(tensor) ? aligned(tensor.nbytes()) : 0;
  }
  std::vector<at::Tensor> copies(tensors.size());
  if (total == 0) {
    return copies;
  }
  const auto pages = std::make_shared<ZeroPages>(total);
  size_t offset = 0;
  for (size_t i = 0; i < tensors.size(); ++i) {
    const auto &tensor = tensors[i];
    if (is_worth_it(tensor)) {
      copy_sparsely(pages->bytes() + offset, static_cast<const char *>(tensor.const_data_ptr()), tensor.nbytes());
      copies[i] = over(pages, offset, tensor);
      offset += aligned(tensor.nbytes());
    }
  }
  return copies;
}

} // namespace nn
