// Stops exceptions at the C boundary and turns them into a status and a text.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "nn_torch.h"

namespace nn {

// A failure with a status of its own.
class Failure : public std::runtime_error {
public:
  Failure(nn_torch_status status, const std::string &what) : std::runtime_error(what), status_(status) {}
  nn_torch_status status() const { return status_; }

private:
  nn_torch_status status_;
};

// The one line of a torch error that tells the user something: the last of an interpreter traceback, else the first.
std::string useful_line(const std::string &what);

// Writes the exception being handled into `message`. Call only inside a catch block.
nn_torch_status report_current_exception(nn_torch_message *message) noexcept;

// Runs `body`; whatever it throws becomes a status and a message.
template <class Body>
nn_torch_status guarded(nn_torch_message *message, Body &&body) noexcept {
  try {
    std::forward<Body>(body)();
    return NN_TORCH_OK;
  } catch (...) {
    return report_current_exception(message);
  }
}

// Throws NN_TORCH_MISUSE unless `kept`.
inline void require(bool kept, const char *rule) {
  if (!kept) {
    throw Failure(NN_TORCH_MISUSE, rule);
  }
}

} // namespace nn
