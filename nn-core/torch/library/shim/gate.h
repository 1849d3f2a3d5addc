// Who may use the kernels: a thread that runs one of our models, for the time of the run.
#pragma once

#include <cstdint>
#include <optional>

#include "packs.h"

namespace nn {

// How many convolutions the kernels computed, and how many were left to libtorch.
struct Counts {
  uint64_t taken = 0, left = 0;
};

// Everybody else who calls libtorch in this process never meets the kernels: the gate is thread-local.
class Gate {
public:
  struct Open {
    Packs *packs = nullptr;
    Counts *counts = nullptr;
  };

  // Without packs nothing opens.
  Gate(Packs *packs, Counts &counts);
  ~Gate();
  Gate(const Gate &) = delete;
  Gate &operator=(const Gate &) = delete;

  // That of this thread; null where it is shut.
  static const Open *current() noexcept;

private:
  Open open_;
  std::optional<Packs::Use> use_;
  const Open *outer_;
};

// Registers the kernels with libtorch, once; they are never taken away, because that crashes under load.
void install_convolution();

} // namespace nn
