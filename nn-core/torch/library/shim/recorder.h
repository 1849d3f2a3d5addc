// What a call does, where and for how long: installed for the time of a profiled call, on its thread alone.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>
#include <c10/core/Allocator.h>

#include "kernels.h"
#include "left.h"
#include "nn_torch.h"

namespace nn {

// A place in the code: an operator of a module. What it has counted is of one call.
struct Site {
  std::string path, op;
  // Which of its inputs are of the model and not of the call.
  std::vector<bool> is_weight;

  uint64_t runs = 0, ns = 0, allocations = 0, allocated_bytes = 0;
  uint64_t products = 0, weight_bytes = 0, sample_bytes = 0;
  uint32_t convolution = NN_TORCH_NO_CONVOLUTION;
  nn_kernels_shape shape{};
  uint64_t out_frames = 0;

  // Forgets the last call.
  void begin();
};

// Where the time of a call goes while nothing of the model computes, and while samples are copied in and out.
constexpr size_t INTERPRETER = 0, COPIES = 1;

// The first sites of any method.
std::vector<Site> first_sites();

// Records one call. From its beginning to its end every moment is of one site, so that the sites' times add up to the
// whole.
class Recorder {
public:
  explicit Recorder(std::vector<Site> &sites);
  Recorder(const Recorder &) = delete;
  Recorder &operator=(const Recorder &) = delete;

  // That of this thread; null where nothing is recorded.
  static Recorder *current() noexcept;

  // While it lives, its thread records; the clock runs from its beginning to its end.
  class Use {
  public:
    explicit Use(Recorder &recorder);
    ~Use();
    Use(const Use &) = delete;
    Use &operator=(const Use &) = delete;

  private:
    Recorder *outer_;
    c10::DebugInfoGuard memory_;
  };

  // From now on time is of this site.
  void enter(size_t site) noexcept;

  // A run of this site begins. Of what multiplies, `inputs` are what it takes.
  void enter_and_count(size_t site, c10::ArrayRef<c10::IValue> inputs) noexcept;

  // What the site is about to multiply.
  void products(uint64_t products, uint64_t weight_bytes, uint64_t sample_bytes) noexcept;

  // A convolution of the site that is entered: what it is, and who computed it.
  void convolution(const at::Tensor &input, const at::Tensor &weight, const at::Tensor &output,
                   const nn_kernels_shape &shape, Left left);

  // Bytes of a tensor came or, negative, went.
  void memory(int64_t bytes) noexcept;

  uint64_t total_ns() const { return total_ns_; }
  uint64_t peak_bytes() const { return static_cast<uint64_t>(peak_bytes_); }
  const std::vector<nn_torch_moment> &moments() const { return moments_; }

private:
  using Clock = std::chrono::steady_clock;

  void begin() noexcept;
  void end() noexcept;
  uint64_t since_begin(Clock::time_point now) const noexcept;

  std::vector<Site> &sites_;
  std::vector<nn_torch_moment> moments_;
  Clock::time_point begin_, last_;
  size_t at_ = COPIES;
  uint64_t total_ns_ = 0;
  int64_t live_bytes_ = 0, peak_bytes_ = 0;
};

} // namespace nn
