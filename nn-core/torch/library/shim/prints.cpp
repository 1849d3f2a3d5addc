#include "prints.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <string_view>
#include <utility>

#include <torch/csrc/jit/runtime/print_handler.h>

#include "errors.h"
#include "table.h"

namespace nn {
namespace {

using torch::jit::PrintHandler;

// How many calls of ours the thread is in.
thread_local int depth = 0;
// What was said since it was last asked for. Of fixed size: a model may print without end.
thread_local nn_torch_said said{};

void keep(std::string_view text, uint32_t kind) noexcept {
  if (said.count++ != 0) {
    return;
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  size_t length = std::min(text.size(), sizeof(said.text));
  // Not in the middle of a character.
  while (length < text.size() && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) {
    --length;
  }
  std::memcpy(said.text, text.data(), length);
  said.length = length;
  said.kind = kind;
  said.cut = length < text.size();
}

class Warnings final : public c10::WarningHandler {
public:
  void process(const c10::Warning &warning) override { keep(warning.msg(), NN_TORCH_WARNED); }
};

Warnings warnings;

// libtorch has one print handler for the process. Ours passes on to the one that it found whatever is printed outside
// our calls. Another user of libtorch may set one after us: ours then goes before that too, and each has a function of
// its own here, so that whoever puts back what he found finds all as it was then.
constexpr size_t MOST_HANDLERS = 16;
std::array<std::atomic<PrintHandler>, MOST_HANDLERS> found;

template <size_t Index> void print(const std::string &text) {
  if (depth > 0) {
    return keep(text, NN_TORCH_PRINTED);
  }
  found[Index].load()(text);
}

template <size_t... Index>
constexpr std::array<PrintHandler, MOST_HANDLERS> handlers(std::index_sequence<Index...>) {
  return {print<Index>...};
}

constexpr auto HANDLERS = handlers(std::make_index_sequence<MOST_HANDLERS>());

// Makes sure that what models print passes one of our handlers first.
void go_first() noexcept {
  const auto present = torch::jit::getPrintHandler();
  if (std::find(HANDLERS.begin(), HANDLERS.end(), present) != HANDLERS.end()) {
    return;
  }
  for (size_t index = 0; index < MOST_HANDLERS; ++index) {
    PrintHandler none = nullptr;
    if (found[index].compare_exchange_strong(none, present) || none == present) {
      torch::jit::setPrintHandler(HANDLERS[index]);
      return;
    }
  }
  // Somebody sets new ones again and again: they stay, and pass on to one of ours if they pass on at all.
}

} // namespace

PrintScope::PrintScope() noexcept : warnings_(&warnings) {
  if (depth++ == 0) {
    go_first();
  }
}

PrintScope::~PrintScope() { --depth; }

nn_torch_status take_said(nn_torch_said *into, nn_torch_message *message) noexcept {
  return guarded(message, [&] {
    require(into != nullptr, "take_said: nowhere to write");
    *into = said;
    said.count = 0;
    said.length = 0;
  });
}

} // namespace nn
