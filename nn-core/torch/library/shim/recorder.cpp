#include "recorder.h"

#include <algorithm>

#include "products.h"

namespace nn {
namespace {

thread_local Recorder *recorder = nullptr;

// A call that allocates more often is seen up to here.
constexpr size_t MOST_MOMENTS = 1 << 16;

// What libtorch's allocator tells while a call is recorded.
class Reporter final : public c10::MemoryReportingInfoBase {
public:
  void reportMemoryUsage(void *, int64_t bytes, size_t, size_t, c10::Device device) override {
    if (auto *current = Recorder::current(); current != nullptr && device.is_cpu()) {
      current->memory(bytes);
    }
  }
  bool memoryProfilingEnabled() const override { return true; }
};

std::shared_ptr<c10::DebugInfoBase> reporter() {
  static const auto one = std::make_shared<Reporter>();
  return one;
}

} // namespace

void Site::begin() {
  runs = ns = allocations = allocated_bytes = products = weight_bytes = sample_bytes = 0;
  convolution = NN_TORCH_NO_CONVOLUTION;
}

std::vector<Site> first_sites() {
  std::vector<Site> sites(2);
  sites[INTERPRETER].op = "interpreter";
  sites[COPIES].op = "copies";
  return sites;
}

Recorder::Recorder(std::vector<Site> &sites) : sites_(sites) { moments_.reserve(1024); }

Recorder *Recorder::current() noexcept { return recorder; }

Recorder::Use::Use(Recorder &used) : outer_(recorder), memory_(c10::DebugInfoKind::PROFILER_STATE, reporter()) {
  recorder = &used;
  used.begin();
}

Recorder::Use::~Use() {
  recorder->end();
  recorder = outer_;
}

uint64_t Recorder::since_begin(Clock::time_point now) const noexcept {
  return static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(now - begin_).count());
}

void Recorder::begin() noexcept {
  for (auto &site : sites_) {
    site.begin();
  }
  moments_.clear();
  live_bytes_ = peak_bytes_ = 0;
  at_ = COPIES;
  begin_ = last_ = Clock::now();
}

void Recorder::end() noexcept {
  enter(COPIES);
  total_ns_ = since_begin(last_);
}

void Recorder::enter(size_t site) noexcept {
  const auto now = Clock::now();
  // As differences of what has passed since the beginning, whose sum is exact.
  sites_[at_].ns += since_begin(now) - since_begin(last_);
  last_ = now;
  at_ = site;
}

void Recorder::enter_and_count(size_t site, c10::ArrayRef<c10::IValue> inputs) noexcept {
  if (site >= sites_.size()) {
    return; // Another method's.
  }
  enter(site);
  sites_[site].runs += 1;
  if (!inputs.empty()) {
    count_products(*this, sites_[site], inputs);
  }
}

void Recorder::products(uint64_t products, uint64_t weight_bytes, uint64_t sample_bytes) noexcept {
  auto &site = sites_[at_];
  site.products += products;
  site.weight_bytes += weight_bytes;
  site.sample_bytes += sample_bytes;
}

void Recorder::convolution(const at::Tensor &input, const at::Tensor &weight, const at::Tensor &output,
                           const nn_kernels_shape &shape, Left left) {
  auto &site = sites_[at_];
  // Each weight is multiplied once for every place that the kernel has: over the output, or, transposed, the input.
  const auto &over = shape.transposed ? input : output;
  const bool batched = over.dim() == weight.dim();
  uint64_t places = batched ? static_cast<uint64_t>(over.size(0)) : 1, frames = 1;
  for (int64_t i = batched ? 2 : 1; i < over.dim(); ++i) {
    places *= static_cast<uint64_t>(over.size(i));
  }
  for (int64_t i = output.dim() == weight.dim() ? 2 : 1; i < output.dim(); ++i) {
    frames *= static_cast<uint64_t>(output.size(i));
  }
  products(static_cast<uint64_t>(weight.numel()) * places, weight.nbytes(), input.nbytes() + output.nbytes());
  site.convolution = static_cast<uint32_t>(left);
  site.shape = shape;
  site.out_frames = frames;
}

void Recorder::memory(int64_t bytes) noexcept {
  auto &site = sites_[at_];
  if (bytes > 0) {
    site.allocations += 1;
    site.allocated_bytes += static_cast<uint64_t>(bytes);
  }
  live_bytes_ += bytes;
  peak_bytes_ = std::max(peak_bytes_, live_bytes_);
  if (moments_.size() < MOST_MOMENTS) {
    try {
      moments_.push_back({since_begin(Clock::now()), live_bytes_});
    } catch (...) {
      // Without memory for it, the picture ends here.
    }
  }
}

} // namespace nn
