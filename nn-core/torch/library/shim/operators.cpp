#include <set>
#include <string>

#include <ATen/core/interned_strings.h>
#include <torch/csrc/jit/frontend/builtin_functions.h>
#include <torch/csrc/jit/runtime/operator.h>

#include "errors.h"
#include "table.h"

namespace nn {

namespace {

// The importer of TorchScript looks at the same two places.
bool known(const std::string &name) {
  const auto symbol = c10::Symbol::fromQualString(name);
  return !torch::jit::getAllOperatorsFor(symbol).empty() || !torch::jit::getAllBuiltinFunctionsFor(symbol).empty();
}

} // namespace

nn_torch_status lacks_operators(const nn_torch_text *names, size_t count, uint8_t *lacking,
                                nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(count == 0 || (names != nullptr && lacking != nullptr), "lacks_operators: names and room are needed");
    for (size_t i = 0; i < count; ++i) {
      const std::string name(names[i].bytes, names[i].length);
      require(name.find("::") != std::string::npos, "lacks_operators: a name has the form aten::add");
      lacking[i] = known(name) ? 0 : 1;
    }
  });
}

nn_torch_status operators(nn_torch_text *names, size_t capacity, size_t *count, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(count != nullptr && (capacity == 0 || names != nullptr), "operators: nowhere to write them");
    // Never destroyed: what is handed out points into it.
    static const auto *const all = [] {
      auto *found = new std::set<std::string>;
      for (const auto &op : torch::jit::getAllOperators()) {
        found->insert(op->schema().name());
      }
      return found;
    }();
    size_t written = 0;
    for (const auto &name : *all) {
      if (written < capacity) names[written++] = {name.data(), name.size()};
    }
    *count = all->size();
  });
}

} // namespace nn
