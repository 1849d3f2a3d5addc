// [other~]: another external that uses libtorch, as its author might write it: on Pd's own thread, with settings of
// its own. Out of its left outlet comes its input convolved, plus noise from libtorch's generator; the right one is
// silent.
//
// `other~ set` changes libtorch's settings when it is made, `other~ trust` takes them as they are. Whenever a setting is
// not what it was at the first block, that is printed. A bang prints them all.
//
// `other~ print` has libtorch print and warn once per block, `other~ handle` too, with handlers of its own for both: one
// that it sets when it is made, and one that takes its place from block 50 to block 149. A bang prints what they got.

#include <cstdint>
#include <cstring>
#include <optional>
#include <sstream>
#include <string>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/DefaultDtype.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/runtime/print_handler.h>

// The few words of Pd's interface that this needs.
extern "C" {
struct t_symbol { const char *name; };
struct t_signal { int frames; float *samples; };
struct t_object { void *words[6]; };
t_symbol *gensym(const char *name);
void *class_new(t_symbol *name, void *(*make)(t_symbol *), void (*free)(void *), size_t bytes, int flags, int first,
                ...);
void class_addmethod(void *type, void (*method)(void *, t_signal **), t_symbol *selector, int first, ...);
void class_addbang(void *type, void (*method)(void *));
void class_domainsignalin(void *type, int place);
void *pd_new(void *type);
void *outlet_new(t_object *owner, t_symbol *kind);
void dsp_add(intptr_t *(*perform)(intptr_t *), int count, ...);
void post(const char *format, ...);
void other_tilde_setup();
}

namespace {

enum { no_more = 0, symbol_or_none = 7, not_typed = 11 };

void *other_class;

constexpr const char *PRINTS = R"(
def speak(self, x: Tensor) -> Tensor:
    print("OTHER prints")
    return x
)";

// What reached the handlers: prints of the function above, by handler, and what others print; warnings likewise.
int first_prints = 0, second_prints = 0, foreign_prints = 0, own_warnings = 0, foreign_warnings = 0;
torch::jit::PrintHandler before_the_second = nullptr;

void count(const std::string &text, int &prints) { (text == "OTHER prints\n" ? prints : foreign_prints) += 1; }
void first(const std::string &text) { count(text, first_prints); }
void second(const std::string &text) { count(text, second_prints); }

struct Warnings final : c10::WarningHandler {
  void process(const c10::Warning &warning) override {
    (warning.msg() == "OTHER warns" ? own_warnings : foreign_warnings) += 1;
  }
} warnings;

struct Other {
  t_object object;
  float scalar;
  at::Tensor *kernel;
  std::string *settings;
  // Null unless it prints.
  std::optional<torch::jit::Module> *speaker;
  bool handles;
  int blocks;
};

// Whether this thread keeps numbers too small for full precision, or takes them for 0.
bool keeps_denormals() {
  volatile float tiny = 1e-38f;
  tiny = tiny * 0.1f;
  return tiny != 0.0f;
}

std::string settings() {
  auto &context = at::globalContext();
  std::ostringstream words;
  words << "threads=" << at::get_num_threads() << " pool=" << at::get_num_interop_threads()
        << " grad=" << c10::GradMode::is_enabled() << " inference=" << c10::InferenceMode::is_enabled()
        << " dtype=" << c10::get_default_dtype_as_scalartype()
        << " deterministic=" << context.deterministicAlgorithms() << " mkldnn=" << context.userEnabledMkldnn()
        << " optimise=" << torch::jit::getGraphExecutorOptimize() << " profiling=" << torch::jit::getProfilingMode()
        << " executor=" << torch::jit::getExecutorMode() << " runs=" << torch::jit::getNumProfiledRuns()
        << " denormal=" << keeps_denormals();
  return words.str();
}

intptr_t *perform(intptr_t *words) {
  auto *other = reinterpret_cast<Other *>(words[1]);
  auto *input = reinterpret_cast<float *>(words[2]), *output = reinterpret_cast<float *>(words[3]);
  const auto frames = static_cast<int64_t>(words[4]);
  try {
    const std::string now = settings();
    if (other->settings->empty()) {
      *other->settings = now;
    } else if (now != *other->settings) {
      post("OTHER changed from %s to %s", other->settings->c_str(), now.c_str());
      *other->settings = now;
    }
    if (*other->speaker) {
      if (other->handles && other->blocks == 50) {
        before_the_second = torch::jit::getPrintHandler();
        torch::jit::setPrintHandler(second);
      }
      if (other->handles && other->blocks == 150) torch::jit::setPrintHandler(before_the_second);
      other->blocks += 1;
      (*other->speaker)->get_method("speak")({at::zeros({1})});
      TORCH_WARN("OTHER warns");
    }
    at::Tensor weights = other->kernel->detach().set_requires_grad(true);
    at::Tensor heard = at::from_blob(input, {1, 1, frames}).clone();
    at::Tensor convolved = at::conv1d(heard, weights, {}, 1, 4);
    if (c10::GradMode::is_enabled()) {
      convolved.sum().backward();
      if (!weights.grad().defined()) post("OTHER has no gradient");
    }
    at::Tensor sound = (convolved.detach() + at::rand({1, 1, frames}) * 0.01).contiguous();
    std::memcpy(output, sound.data_ptr<float>(), sizeof(float) * static_cast<size_t>(frames));
  } catch (const std::exception &fault) {
    post("OTHER failed: %s", fault.what());
    std::memset(output, 0, sizeof(float) * static_cast<size_t>(frames));
  }
  return words + 5;
}

void dsp(void *other, t_signal **signals) {
  dsp_add(perform, 4, other, signals[0]->samples, signals[1]->samples, static_cast<intptr_t>(signals[0]->frames));
}

void *make(t_symbol *manner) {
  if (std::strcmp(manner->name, "set") == 0) {
    at::set_num_threads(2);
    c10::GradMode::set_enabled(false);
    at::globalContext().setDeterministicAlgorithms(true, true);
  }
  at::manual_seed(7);
  auto *other = static_cast<Other *>(pd_new(other_class));
  outlet_new(&other->object, gensym("signal"));
  outlet_new(&other->object, gensym("anything"));
  other->kernel = new at::Tensor(at::linspace(-1.0, 1.0, 9).reshape({1, 1, 9}));
  other->settings = new std::string;
  other->speaker = new std::optional<torch::jit::Module>;
  other->handles = std::strcmp(manner->name, "handle") == 0;
  other->blocks = 0;
  if (other->handles || std::strcmp(manner->name, "print") == 0) {
    other->speaker->emplace("Speaker").define(PRINTS);
  }
  if (other->handles) {
    torch::jit::setPrintHandler(first);
    c10::WarningUtils::set_warning_handler(&warnings);
  }
  return other;
}

void bang(void *object) {
  post("OTHER has %s", settings().c_str());
  if (static_cast<Other *>(object)->handles) {
    post("OTHER heard first=%d second=%d foreign=%d warned=%d foreign_warned=%d blocks=%d", first_prints, second_prints,
         foreign_prints, own_warnings, foreign_warnings, static_cast<Other *>(object)->blocks);
  }
}

void forget(void *object) {
  auto *other = static_cast<Other *>(object);
  delete other->kernel;
  delete other->settings;
  delete other->speaker;
}

} // namespace

void other_tilde_setup() {
  other_class = class_new(gensym("other~"), make, forget, sizeof(Other), 0, symbol_or_none, no_more);
  class_addmethod(other_class, dsp, gensym("dsp"), not_typed, no_more);
  class_addbang(other_class, bang);
  class_domainsignalin(other_class, offsetof(Other, scalar));
}
