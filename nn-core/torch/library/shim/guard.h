// What operators do differently while one of our models calls them, on its thread alone: others who use libtorch in
// this process notice nothing.
//
// libtorch asks a set of keys, of which each thread may have some of its own, which kernel an operator runs. Calls of
// ours add the key `PreDispatch`, which libtorch has for tracing in Python and which no operator has a kernel for; the
// kernels that are registered under it here do their check and go on to the one that would have run. Every other
// operator is as fast as before.
#pragma once

#include <string>
#include <vector>

#include <ATen/core/Generator.h>
#include <c10/core/impl/LocalDispatchKeySet.h>

namespace nn {

// On whose behalf libtorch is called.
struct Caller {
  // Draws the random numbers.
  at::Generator generator;
  // Operators that reach out of the model raise.
  bool only_allowed = true;

  // With a generator that nobody can foretell.
  explicit Caller(bool only_allowed);
  // The same, from here on with a generator of its own in the same place.
  Caller(const Caller &other);
  Caller &operator=(const Caller &) = delete;
};

// While it lives, operators on this thread are guarded.
class GuardScope {
public:
  explicit GuardScope(Caller &caller);
  ~GuardScope();
  GuardScope(const GuardScope &) = delete;
  GuardScope &operator=(const GuardScope &) = delete;

private:
  Caller *outer_;
  c10::impl::IncludeDispatchKeyGuard key_;
};

// Begins the calling model's random numbers anew; those of the process where no model calls.
void seed_caller(uint64_t seed);

// Registers the guards with libtorch, once. Operators named here ("aten::from_file") and all of namespaces that models
// have no business in raise while a model calls.
void install_guards(const std::vector<std::string> &refused);

} // namespace nn
