#include "image.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/COW.h>

#include "zero_pages.h"

namespace nn {
namespace {

// What the data of a storage belongs to.
struct Place {
  std::shared_ptr<Image> image;
  size_t at;
};

void release(void *place) { delete static_cast<Place *>(place); }

void unmap(void *copy) {
  auto *owned = static_cast<Image::Copy *>(copy);
  Image::free(*owned);
  delete owned;
}

// The memory that `Slice::allocate` has given last on this thread, and which has its content already.
thread_local const void *mapped_last = nullptr;

} // namespace

Slice::Slice(Image &image, size_t offset, size_t count_bytes)
    : image_(image), offset_(offset), count_bytes_(count_bytes), zeros_(image.zeros(offset, count_bytes)) {
  image.keep_empty(zeros_);
  auto *data = image.bytes() + offset;
  // The image outlives its slices, and every model outlives its tensors: nothing to free.
  c10::DataPtr pointer(data, data, [](void *) {}, c10::Device(c10::kCPU));
  anchor_ = c10::make_intrusive<c10::StorageImpl>(c10::StorageImpl::use_byte_size_t(), count_bytes, std::move(pointer),
                                                  this, /*resizable=*/true);
  // The first one changes the anchor; later ones may be made by several threads at once.
  c10::impl::cow::lazy_clone_storage(*anchor_);
}

size_t Slice::held_bytes() const { return image_.held_bytes(offset_, count_bytes_); }

bool Slice::to_disk() const { return image_.to_disk(offset_, count_bytes_); }

bool Slice::from_disk() const {
  const bool is_back = image_.from_disk(offset_, count_bytes_);
  if (is_back) {
    image_.keep_empty(zeros_);
  }
  return is_back;
}

std::shared_ptr<Image> Slice::image() const { return image_.shared_from_this(); }

c10::intrusive_ptr<c10::StorageImpl> Slice::storage() {
  if (!image_.is_moved(offset_)) {
    return c10::impl::cow::lazy_clone_storage(*anchor_);
  }
  // Pages that are read at the image itself would stay there.
  auto data = allocate(count_bytes_);
  if (mapped_last != data.get()) {
    return c10::impl::cow::lazy_clone_storage(*anchor_);
  }
  mapped_last = nullptr;
  return c10::make_intrusive<c10::StorageImpl>(c10::StorageImpl::use_byte_size_t(), count_bytes_, std::move(data), this,
                                               /*resizable=*/true);
}

Slice *Slice::of(const c10::StorageImpl &storage) {
  auto *slice = dynamic_cast<Slice *>(const_cast<c10::Allocator *>(storage.allocator()));
  return slice != nullptr && slice->count_bytes_ == storage.nbytes() ? slice : nullptr;
}

c10::intrusive_ptr<c10::StorageImpl> Slice::copy_of(const c10::StorageImpl &written) {
  if (c10::impl::cow::is_cow_data_ptr(written.data_ptr())) {
    return storage();
  }
  const auto *copy = written.data_ptr().cast_context<Image::Copy>(unmap);
  const auto own = own_pages(written);
  if (copy != nullptr && std::find(own.begin(), own.end(), true) == own.end()) {
    return storage();
  }
  auto data = allocate(count_bytes_);
  auto *to = static_cast<char *>(data.get());
  const auto *from = static_cast<const char *>(written.data());
  if (copy == nullptr || mapped_last != to) {
    std::memcpy(to, from, count_bytes_);
  } else {
    // Both begin at the same place of a page.
    const auto page = Image::page_bytes();
    const auto shift = static_cast<size_t>(copy->data - static_cast<char *>(copy->mapped));
    for (size_t number = 0; number < own.size(); ++number) {
      const auto begin = std::max(number * page, shift) - shift;
      const auto end = std::min((number + 1) * page - shift, count_bytes_);
      if (own[number] && begin < end) {
        std::memcpy(to + begin, from + begin, end - begin);
      }
    }
  }
  mapped_last = nullptr;
  return c10::make_intrusive<c10::StorageImpl>(c10::StorageImpl::use_byte_size_t(), count_bytes_, std::move(data), this,
                                               /*resizable=*/true);
}

Pages Slice::own_pages(const c10::StorageImpl &written) const {
  const auto *copy = written.data_ptr().cast_context<Image::Copy>(unmap);
  if (copy == nullptr) {
    return {};
  }
  const auto page = Image::page_bytes();
  Pages own((copy->mapped_bytes + page - 1) / page);
  if (Image::tell_own(*copy, own)) {
    return own;
  }
  // By what is in them, then: those that hold what they held before are missed.
  std::vector<char> before(page);
  const auto shift = static_cast<size_t>(copy->data - static_cast<char *>(copy->mapped));
  for (size_t at = 0; at < count_bytes_;) {
    const auto number = (shift + at) / page;
    const auto count = std::min((number + 1) * page - shift, count_bytes_) - at;
    image_.read(offset_ + at, before.data(), count);
    own[number] = std::memcmp(before.data(), copy->data + at, count) != 0;
    at += count;
  }
  return own;
}

void Slice::rejoin(c10::StorageImpl &storage) {
  const auto own = own_pages(storage);
  if (own.empty() || image_.is_moved(offset_) || std::find(own.begin(), own.end(), true) != own.end()) {
    return;
  }
  const auto shared = c10::impl::cow::lazy_clone_storage(*anchor_);
  storage.set_data_ptr_noswap(std::move(shared->_mutable_data_ptr_no_checks()));
  storage.set_materializer(c10::impl::cow::materialize_cow);
}

void Slice::own(c10::StorageImpl &storage, const Pages &pages) {
  if (std::find(pages.begin(), pages.end(), true) == pages.end()) {
    return;
  }
  // Makes the copy, where nobody has written yet.
  storage.mutable_data();
  const auto *copy = storage.data_ptr().cast_context<Image::Copy>(unmap);
  if (copy == nullptr) {
    return;
  }
  const auto page = Image::page_bytes();
  auto *mapped = static_cast<volatile char *>(copy->mapped);
  for (size_t number = 0; number < pages.size() && number * page < copy->mapped_bytes; ++number) {
    if (pages[number]) {
      mapped[number * page] = mapped[number * page];
    }
  }
}

c10::DataPtr Slice::allocate(size_t count_bytes) {
  mapped_last = nullptr;
  if (count_bytes == count_bytes_) {
    auto owned = std::make_unique<Image::Copy>(image_.copy(offset_, count_bytes, zeros_));
    if (auto *data = owned->data) {
      mapped_last = data;
      // From here on it is read there.
      image_.leave(offset_, count_bytes_);
      return {data, owned.release(), unmap, c10::Device(c10::kCPU)};
    }
  }
  return c10::GetCPUAllocator()->allocate(count_bytes);
}

void Slice::copy_data(void *to, const void *from, size_t count_bytes) const {
  const bool has_content = to == mapped_last && from == image_.bytes() + offset_;
  mapped_last = nullptr;
  if (!has_content) {
    default_copy_data(to, from, count_bytes);
  }
}

c10::DataPtr Image::record(size_t at) {
  return {bytes_ + at, new Place{shared_from_this(), at}, release, c10::Device(c10::kCPU)};
}

Slice *Image::slice_of(const c10::StorageImpl &storage) {
  const auto *place = storage.data_ptr().cast_context<Place>(release);
  return place == nullptr ? nullptr : &place->image->slice(place->at, storage.nbytes());
}

Slice &Image::slice(size_t at, size_t count_bytes) {
  const std::lock_guard lock(slicing_);
  auto &slice = slices_[{at, count_bytes}];
  if (slice == nullptr) {
    slice = std::make_unique<Slice>(*this, at, count_bytes);
  }
  return *slice;
}

void Image::discard_zeros(size_t at, size_t count_bytes) {
  constexpr size_t STEP = 16 * ZeroPages::PAGE_BYTES;
  static const char zeros[STEP] = {};
  for (auto next = (at + STEP - 1) / STEP * STEP; next + STEP <= at + count_bytes; next += STEP) {
    if (std::memcmp(bytes_ + next, zeros, STEP) == 0) {
      discard(next, STEP);
    }
  }
}

void Image::write(size_t at, const char *from, size_t count_bytes) {
  static const char zeros[ZeroPages::PAGE_BYTES] = {};
  while (count_bytes != 0) {
    const auto in_page = at % ZeroPages::PAGE_BYTES;
    const auto piece = std::min(count_bytes, ZeroPages::PAGE_BYTES - in_page);
    if (std::memcmp(from, zeros, piece) != 0) {
      put(at, from, piece);
    }
    at += piece;
    from += piece;
    count_bytes -= piece;
  }
}

} // namespace nn
