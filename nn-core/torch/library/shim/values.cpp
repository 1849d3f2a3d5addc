#include "values.h"

#include <cmath>
#include <cstring>

#include <ATen/core/Tensor.h>
#include <ATen/ops/_local_scalar_dense.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/scalar_tensor.h>

#include "errors.h"

namespace nn {
namespace {

// The numbers 2^63 and -2^63, between which a double is an int64_t.
constexpr double WHOLE_LIMIT = 9223372036854775808.0;

[[noreturn]] void misfit(const std::string &found) { throw Failure(NN_TORCH_ANSWER, found); }

std::string described(const c10::IValue &value) {
  const auto name = kind_name(value);
  if (name == "tuple") {
    return "a tuple of " + std::to_string(value.toTupleRef().elements().size());
  }
  if (name == "list") {
    return "a list of " + std::to_string(value.toListRef().size());
  }
  return name == "None" ? name : (name.find_first_of("aeiou") == 0 ? "an " : "a ") + name;
}

// A number out of a bool, an int, a float or a tensor of one element.
c10::Scalar number(const c10::IValue &value) {
  if (value.isScalar()) {
    return value.toScalar();
  }
  if (value.isTensor() && value.toTensor().defined() && value.toTensor().numel() == 1) {
    return value.toTensor().item();
  }
  misfit(described(value));
}

int64_t whole(const c10::IValue &value) {
  const auto found = number(value);
  if (found.isFloatingPoint()) {
    const double exact = found.toDouble();
    if (!(exact >= -WHOLE_LIMIT && exact < WHOLE_LIMIT) || std::trunc(exact) != exact) {
      misfit("the number " + std::to_string(exact));
    }
  } else if (found.isComplex()) {
    misfit("a complex number");
  }
  return found.toLong();
}

double real(const c10::IValue &value) {
  const auto found = number(value);
  if (found.isComplex()) {
    misfit("a complex number");
  }
  return found.toDouble();
}

at::Tensor flat(const c10::IValue &value) {
  if (value.isTensor() && value.toTensor().defined() && !value.toTensor().is_complex()) {
    // A copy: the model may change its own while the caller reads.
    return value.toTensor().detach().to(at::kCPU, at::kFloat, false, true).reshape({-1}).contiguous();
  }
  if (value.isList()) {
    const auto items = value.toListRef();
    auto tensor = at::empty({static_cast<int64_t>(items.size())}, at::kFloat);
    auto *samples = tensor.mutable_data_ptr<float>();
    for (size_t i = 0; i < items.size(); ++i) {
      samples[i] = static_cast<float>(real(items[i]));
    }
    return tensor;
  }
  return at::scalar_tensor(real(value), at::kFloat).reshape({1});
}

void put_text(nn_torch_value &value, const std::string &string, Answer &answer) {
  const auto &kept = answer.texts.emplace_back(string);
  value.type = NN_TORCH_STRING;
  value.text = {kept.data(), kept.size()};
}

void put_tensor(nn_torch_value &value, const at::Tensor &tensor, Answer &answer) {
  const auto &kept = answer.tensors.emplace_back(tensor);
  value.type = NN_TORCH_TENSOR;
  value.samples = kept.const_data_ptr<float>();
  value.channels = 1;
  value.frames = static_cast<size_t>(kept.numel());
}

nn_torch_value read_one(const c10::IValue &value, int64_t type, Answer &answer) {
  nn_torch_value read{};
  read.type = static_cast<uint32_t>(type);
  switch (type) {
  case NN_TORCH_BOOL:
    read.whole = whole(value);
    if (read.whole != 0 && read.whole != 1) {
      misfit("the number " + std::to_string(read.whole));
    }
    break;
  case NN_TORCH_INT:
    read.whole = whole(value);
    break;
  case NN_TORCH_FLOAT:
    read.number = real(value);
    break;
  case NN_TORCH_TENSOR:
    put_tensor(read, flat(value), answer);
    break;
  case NN_TORCH_STRING:
  case NN_TORCH_BUFFER: // Getters of buffers answer a text about them.
    if (value.isString()) {
      put_text(read, value.toStringRef(), answer);
    } else if (type == NN_TORCH_BUFFER && value.isTensor()) {
      put_tensor(read, flat(value), answer);
    } else {
      misfit(described(value));
    }
    break;
  default:
    misfit("type code " + std::to_string(type));
  }
  return read;
}

// The parts of an answer, if it has as many as there are types; nothing if it must be one bare value.
std::optional<std::vector<c10::IValue>> parts(const c10::IValue &value, const std::vector<int64_t> &types) {
  const auto of = [&](c10::ArrayRef<c10::IValue> items) -> std::optional<std::vector<c10::IValue>> {
    // A list of numbers as the only value of tensor type is that tensor.
    const bool bare = types.size() == 1 && types[0] == NN_TORCH_TENSOR && value.isList() &&
                      (items.empty() || items[0].isScalar());
    if (bare) {
      return std::nullopt;
    }
    if (items.size() != types.size()) {
      misfit(described(value));
    }
    return items.vec();
  };
  if (value.isTuple()) {
    return of(value.toTupleRef().elements());
  }
  if (value.isList()) {
    return of(value.toListRef());
  }
  if (types.size() != 1) {
    if (value.isTensor() && value.toTensor().defined() &&
        static_cast<size_t>(value.toTensor().numel()) == types.size()) {
      std::vector<c10::IValue> items;
      for (const auto &item : value.toTensor().reshape({-1}).unbind()) {
        items.emplace_back(item);
      }
      return items;
    }
    misfit(described(value));
  }
  return std::nullopt;
}

} // namespace

std::string kind_name(const c10::IValue &value) {
  if (value.isNone() || (value.isTensor() && !value.toTensor().defined())) {
    return "None";
  }
  const std::pair<bool, const char *> kinds[] = {
      {value.isTuple(), "tuple"}, {value.isList(), "list"},   {value.isString(), "string"},
      {value.isBool(), "bool"},   {value.isInt(), "int"},     {value.isDouble(), "float"},
      {value.isTensor(), "tensor"}, {value.isGenericDict(), "dict"}, {value.isObject(), "object"},
  };
  for (const auto &[is, name] : kinds) {
    if (is) {
      return name;
    }
  }
  return value.tagKind();
}

at::Tensor tensor_of(const nn_torch_value &value) {
  const auto channels = static_cast<int64_t>(value.channels), frames = static_cast<int64_t>(value.frames);
  auto tensor = value.type == NN_TORCH_BUFFER ? at::empty({channels, frames}, at::kFloat)
                                              : at::empty({frames}, at::kFloat);
  if (tensor.numel() != 0) {
    require(value.samples != nullptr, "a value without samples");
    std::memcpy(tensor.mutable_data_ptr<float>(), value.samples, tensor.nbytes());
  }
  return tensor;
}

c10::IValue argument(const nn_torch_value &value, const c10::Type &wanted) {
  const auto *inner = &wanted;
  if (const auto *optional = wanted.castRaw<c10::OptionalType>()) {
    inner = optional->getElementType().get();
  }
  switch (value.type) {
  case NN_TORCH_BOOL:
  case NN_TORCH_INT:
    switch (inner->kind()) {
    case c10::TypeKind::BoolType:
      return value.whole != 0;
    case c10::TypeKind::FloatType:
      return static_cast<double>(value.whole);
    case c10::TypeKind::TensorType:
      return at::scalar_tensor(value.whole, at::kLong);
    case c10::TypeKind::IntType:
      return value.whole;
    default:
      return value.type == NN_TORCH_BOOL ? c10::IValue(value.whole != 0) : c10::IValue(value.whole);
    }
  case NN_TORCH_FLOAT:
    if (inner->kind() == c10::TypeKind::TensorType) {
      return at::scalar_tensor(value.number, at::kFloat);
    }
    if (inner->kind() == c10::TypeKind::IntType && std::trunc(value.number) == value.number &&
        value.number >= -WHOLE_LIMIT && value.number < WHOLE_LIMIT) {
      return static_cast<int64_t>(value.number);
    }
    return value.number;
  case NN_TORCH_STRING:
    return std::string(value.text.bytes == nullptr ? "" : value.text.bytes, value.text.length);
  case NN_TORCH_TENSOR:
    return tensor_of(value);
  default:
    throw Failure(NN_TORCH_MISUSE, "a value of unknown type");
  }
}

void read_answer(const c10::IValue &value, const std::vector<int64_t> &types, Answer &answer) {
  answer.clear();
  if (const auto items = parts(value, types)) {
    for (size_t i = 0; i < types.size(); ++i) {
      answer.values.push_back(read_one((*items)[i], types[i], answer));
    }
  } else {
    answer.values.push_back(read_one(value, types[0], answer));
  }
}

} // namespace nn
