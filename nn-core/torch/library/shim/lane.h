// A model's own stream of work on the GPU.
#pragma once

#include <optional>

#include <c10/core/Device.h>
#include <c10/core/Stream.h>
#include <c10/core/StreamGuard.h>
#include <c10/util/Exception.h>

namespace nn {

// What models do in lanes of their own goes on at the same time, and waiting for one waits for nobody else. CUDA calls
// it a stream; elsewhere all models share the one order that the device has.
class Lane {
public:
  explicit Lane(c10::Device device);
  ~Lane();
  Lane(const Lane &) = delete;
  Lane &operator=(const Lane &) = delete;

  // Until everything that was begun in it is done. Throws what went wrong on the GPU since the last time.
  void wait() const;

  // What the calling thread begins while this lives is begun in the lane. Warnings meanwhile are of no use to anybody:
  // cuDNN's about the layout of weights come at every block of a recurrent model.
  class Use {
  public:
    explicit Use(const Lane *lane);
    // Waits: memory that was lent for the time of a call is not read or written after it, however the call ended.
    ~Use();
    Use(const Use &) = delete;
    Use &operator=(const Use &) = delete;

  private:
    const Lane *lane_;
    std::optional<c10::StreamGuard> guard_;
    std::optional<c10::WarningUtils::WarningHandlerGuard> quiet_;
  };

private:
  std::optional<c10::Stream> stream_;
};

} // namespace nn
