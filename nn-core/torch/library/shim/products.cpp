#include "products.h"

#include <algorithm>

#include <ATen/core/List.h>

namespace nn {
namespace {

enum class Product { LINEAR, MATRICES, ADDED, RECURRENT, CELL };

std::optional<Product> product(std::string_view name) {
  constexpr std::pair<std::string_view, Product> ALL[] = {
      {"aten::linear", Product::LINEAR},    {"aten::matmul", Product::MATRICES},    {"aten::mm", Product::MATRICES},
      {"aten::bmm", Product::MATRICES},     {"aten::mv", Product::MATRICES},        {"aten::dot", Product::MATRICES},
      {"aten::addmm", Product::ADDED},      {"aten::baddbmm", Product::ADDED},      {"aten::addmv", Product::ADDED},
      {"aten::addbmm", Product::ADDED},     {"aten::lstm", Product::RECURRENT},     {"aten::gru", Product::RECURRENT},
      {"aten::rnn_tanh", Product::RECURRENT}, {"aten::rnn_relu", Product::RECURRENT}, {"aten::lstm_cell", Product::CELL},
      {"aten::gru_cell", Product::CELL},    {"aten::rnn_tanh_cell", Product::CELL}, {"aten::rnn_relu_cell", Product::CELL},
  };
  const auto *found = std::find_if(std::begin(ALL), std::end(ALL), [&](const auto &row) { return row.first == name; });
  return found == std::end(ALL) ? std::nullopt : std::optional(found->second);
}

uint64_t size_from_end(const at::Tensor &tensor, int64_t from_the_end) {
  return tensor.dim() >= from_the_end ? static_cast<uint64_t>(tensor.size(-from_the_end)) : 1;
}

// How many rows a tensor has that are multiplied with a matrix: examples, steps.
uint64_t rows_of(const at::Tensor &tensor) {
  return static_cast<uint64_t>(tensor.numel()) / std::max<uint64_t>(1, size_from_end(tensor, 1));
}

struct Amount {
  uint64_t products = 0, weight_bytes = 0, sample_bytes = 0;

  void add(const at::Tensor &tensor, bool is_weight) { (is_weight ? weight_bytes : sample_bytes) += tensor.nbytes(); }
};

// [..., m, k] times [..., k, n], what comes before the two broadcast.
Amount matrices(const at::Tensor &a, bool a_is_weight, const at::Tensor &b, bool b_is_weight) {
  const auto m = size_from_end(a, 2), k = size_from_end(a, 1);
  const auto n = b.dim() > 1 ? size_from_end(b, 1) : 1;
  uint64_t batch = 1;
  for (int64_t at = 3; at <= std::max(a.dim(), b.dim()); ++at) {
    batch *= std::max(size_from_end(a, at), size_from_end(b, at));
  }
  Amount amount{batch * m * k * n, 0, batch * m * n * a.element_size()};
  amount.add(a, a_is_weight);
  amount.add(b, b_is_weight);
  return amount;
}

// Every matrix of the layer is multiplied at every step of every example.
Amount recurrent(const at::Tensor &input, c10::ArrayRef<c10::IValue> others, uint64_t steps) {
  Amount amount;
  amount.add(input, false);
  const auto add = [&](const at::Tensor &weight) {
    if (!weight.defined()) return;
    amount.weight_bytes += weight.nbytes();
    amount.products += weight.dim() == 2 ? static_cast<uint64_t>(weight.numel()) * steps : 0;
  };
  for (const auto &value : others) {
    if (value.isTensorList()) {
      for (const at::Tensor &weight : value.toTensorList()) {
        add(weight);
      }
    } else if (value.isTensor()) {
      add(value.toTensor());
    }
  }
  return amount;
}

std::optional<Amount> amount(Product product, const Site &site, c10::ArrayRef<c10::IValue> inputs) {
  const auto tensor = [&](size_t at) { return inputs[at].toTensor(); };
  const auto weight = [&](size_t at) { return at < site.is_weight.size() && site.is_weight[at]; };
  switch (product) {
  case Product::LINEAR: {
    const auto x = tensor(0), w = tensor(1);
    const auto rows = rows_of(x);
    const auto out = w.dim() > 1 ? size_from_end(w, 2) : 1;
    return Amount{rows * static_cast<uint64_t>(w.numel()), w.nbytes(), x.nbytes() + rows * out * x.element_size()};
  }
  case Product::MATRICES:
    return matrices(tensor(0), weight(0), tensor(1), weight(1));
  case Product::ADDED:
    return matrices(tensor(1), weight(1), tensor(2), weight(2));
  case Product::RECURRENT: {
    // (input, state, parameters, ...), or of sequences of several lengths (data, lengths, state, parameters, ...).
    const auto x = tensor(0);
    const size_t at = inputs.size() > 3 && inputs[3].isTensorList() ? 3 : 2;
    return inputs.size() > at ? std::optional(recurrent(x, inputs.slice(at, 1), rows_of(x))) : std::nullopt;
  }
  case Product::CELL: {
    const auto x = tensor(0);
    return recurrent(x, inputs.slice(2), rows_of(x));
  }
  }
  return std::nullopt;
}

} // namespace

bool multiplies(c10::Symbol kind) { return product(kind.toQualString()).has_value(); }

void count_products(Recorder &recorder, const Site &site, c10::ArrayRef<c10::IValue> inputs) {
  try {
    const auto kind = product(site.op);
    if (const auto found = kind ? amount(*kind, site, inputs) : std::nullopt) {
      recorder.products(found->products, found->weight_bytes, found->sample_bytes);
    }
  } catch (const std::exception &) {
    // Inputs that do not fit: the operator itself says so next.
  }
}

} // namespace nn
