// What models print and of what they warn, kept for the caller instead of written to the host's output.
#pragma once

#include <c10/util/Exception.h>

namespace nn {

// While it lives, prints and warnings of the calling thread are kept; `take_said` hands them over. Everybody else who
// uses libtorch in this process prints as before, on other threads and on this one.
class PrintScope {
public:
  PrintScope() noexcept;
  ~PrintScope();
  PrintScope(const PrintScope &) = delete;
  PrintScope &operator=(const PrintScope &) = delete;

private:
  c10::WarningUtils::WarningHandlerGuard warnings_;
};

} // namespace nn
