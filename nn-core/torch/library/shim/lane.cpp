#include "lane.h"

#include <mutex>
#include <vector>

#include <c10/core/impl/VirtualGuardImpl.h>

namespace nn {
namespace {

// Lanes that nobody uses. Taken again before others are made: libraries keep working memory for each that they have
// seen, tens of megabytes. Never destroyed: models may be freed late.
struct Idle {
  std::mutex changing;
  std::vector<c10::Stream> streams;
};

Idle &idle() {
  static auto *const all = new Idle;
  return *all;
}

class Silence final : public c10::WarningHandler {
public:
  void process(const c10::Warning &) override {}
};

Silence silence;

c10::Stream taken(c10::Device device) {
  auto &all = idle();
  const std::lock_guard lock(all.changing);
  if (!all.streams.empty()) {
    const auto stream = all.streams.back();
    all.streams.pop_back();
    return stream;
  }
  // Of high priority: what else is computed on this GPU is rarely due within milliseconds. libtorch has 32 of them.
  return c10::impl::VirtualGuardImpl(device.type()).getStreamFromGlobalPool(device, /*isHighPriority=*/true);
}

} // namespace

Lane::Lane(c10::Device device) {
  if (device.is_cuda()) {
    stream_ = taken(device);
  }
}

Lane::~Lane() {
  if (stream_) {
    auto &all = idle();
    const std::lock_guard lock(all.changing);
    all.streams.push_back(*stream_);
  }
}

void Lane::wait() const {
  if (stream_) {
    stream_->synchronize();
  }
}

Lane::Use::Use(const Lane *lane) : lane_(lane) {
  if (lane_ != nullptr) {
    quiet_.emplace(&silence);
    if (lane_->stream_) {
      guard_.emplace(*lane_->stream_);
    }
  }
}

Lane::Use::~Use() {
  if (lane_ != nullptr) {
    try {
      lane_->wait();
    } catch (...) {
      // Said by whoever waits next: CUDA does not forget.
    }
  }
}

} // namespace nn
