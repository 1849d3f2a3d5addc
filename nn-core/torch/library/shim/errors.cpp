#include "errors.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <string_view>

#include <c10/util/Exception.h>
#include <torch/csrc/jit/runtime/jit_exception.h>

namespace nn {
namespace {

// Cuts at the end of the last whole UTF-8 character that fits.
void write(nn_torch_message *message, std::string_view text) noexcept {
  if (message == nullptr || message->text == nullptr || message->capacity_bytes == 0) {
    return;
  }
  size_t length = text.size();
  if (length >= message->capacity_bytes) {
    length = message->capacity_bytes - 1;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) {
      --length;
    }
  }
  std::memcpy(message->text, text.data(), length);
  message->text[length] = '\0';
}

std::string_view trimmed(std::string_view line) {
  const auto first = line.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) {
    return {};
  }
  return line.substr(first, line.find_last_not_of(" \t\r\n") - first + 1);
}

bool starts(std::string_view line, std::string_view prefix) { return line.substr(0, prefix.size()) == prefix; }

// "ValueError: …", "torch.jit.Error: …": a dotted name, then a colon.
bool names_an_exception(std::string_view line) {
  const auto colon = line.find(": ");
  const auto name = line.substr(0, colon == std::string_view::npos ? line.size() - 1 : colon);
  if ((colon == std::string_view::npos && line.back() != ':') || name.empty()) {
    return false;
  }
  for (const char c : name) {
    const bool part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    if (!part) {
      return false;
    }
  }
  return name.find("Error") != std::string_view::npos || name.find("Exception") != std::string_view::npos;
}

// Class names that say no more than that something went wrong.
std::string_view without_noise(std::string_view line) {
  for (const std::string_view prefix : {"builtins.", "RuntimeError: ", "torch.jit.Error: ", "Exception: "}) {
    if (starts(line, prefix) && line.size() > prefix.size()) {
      line = line.substr(prefix.size());
    }
  }
  return line;
}

// Of what CUDA says of its memory, in half a dozen sentences, what is wanted.
std::string memory_line(std::string_view text) {
  constexpr std::string_view MARK = "Tried to allocate ";
  const auto begin = text.find(MARK);
  const auto end = begin == std::string_view::npos ? begin : text.find(". ", begin);
  const auto more = end == std::string_view::npos
                        ? std::string()
                        : " (" + std::string(text.substr(begin + MARK.size(), end - begin - MARK.size())) + " more)";
  return "the GPU has not enough free memory" + more;
}

// What a user reads of an error of libtorch. What models raise comes wrapped, so the text tells more than the class.
std::string line_of(const std::string &what) {
  const auto at = what.find("CUDA out of memory. ");
  return at == std::string::npos ? useful_line(what) : memory_line(std::string_view(what).substr(at));
}

} // namespace

std::string useful_line(const std::string &what) {
  std::string_view text = what;
  // A C++ backtrace, when one slipped in.
  for (const std::string_view mark : {"\nException raised from ", "\nframe #0"}) {
    text = text.substr(0, text.find(mark));
  }
  const bool traceback = text.find("Traceback of TorchScript") != std::string_view::npos;
  std::string_view first, last, named;
  for (size_t start = 0; start <= text.size();) {
    const auto end = std::min(text.find('\n', start), text.size());
    const auto raw = text.substr(start, end - start);
    const auto line = trimmed(raw);
    if (!line.empty()) {
      first = first.empty() ? line : first;
      last = line;
      if (raw.front() != ' ' && names_an_exception(line)) {
        named = line;
      }
    }
    start = end + 1;
  }
  const auto chosen = traceback ? (named.empty() ? last : named) : first;
  const auto line = without_noise(chosen);
  return line.empty() ? std::string("an error without a text") : std::string(line);
}

nn_torch_status report_current_exception(nn_torch_message *message) noexcept {
  try {
    try {
      throw;
    } catch (const Failure &failure) {
      write(message, failure.what());
      return failure.status();
    } catch (const torch::jit::JITException &error) {
      write(message, line_of(error.what()));
    } catch (const c10::Error &error) {
      write(message, line_of(error.what_without_backtrace()));
    } catch (const std::bad_alloc &) {
      write(message, "not enough memory");
    } catch (const std::exception &error) {
      write(message, line_of(error.what()));
    } catch (...) {
      write(message, "an exception of an unknown kind");
    }
  } catch (...) {
    write(message, "not enough memory for the text of an error");
  }
  return NN_TORCH_THREW;
}

} // namespace nn
