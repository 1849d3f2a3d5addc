#include "import.h"

#include <algorithm>

#include <caffe2/serialize/inline_container.h>
#include <torch/csrc/jit/operator_upgraders/upgraders_entry.h>
#include <torch/csrc/jit/serialization/import_read.h>
#include <torch/csrc/jit/serialization/import_source.h>

#include "errors.h"
#include "program.h"

namespace nn {
namespace {

using caffe2::serialize::PyTorchStreamReader;
using torch::jit::Source;
using Object = c10::ivalue::Object;

// Only objects that write their state in their own way read it in their own way.
bool reads_its_state(const c10::ClassType &type) {
  const auto *reader = type.findMethod("__setstate__");
  return reader != nullptr && type.findMethod("__getstate__") != nullptr &&
         reader->getSchema().arguments().size() == 2;
}

// What `__setstate__` left out would be read later as another type than it is.
void require_all_set(const Object &object, const c10::ClassType &type) {
  for (size_t i = 0; i < type.numAttributes(); ++i) {
    if (object.getSlot(i).isNone() && !c10::NoneType::get()->isSubtypeOf(*type.getAttribute(i))) {
      throw Failure(NN_TORCH_THREW, "__setstate__ leaves " + type.getAttributeName(i) + " unset");
    }
  }
}

// Reads one file.
class Import {
public:
  Import(std::shared_ptr<caffe2::serialize::ReadAdapterInterface> file, Policy policy)
      : reader_(std::move(file)), unit_(std::make_shared<torch::jit::CompilationUnit>()), program_(*unit_, policy),
        sources_(unit_, &constants_, [this](const std::string &name) { return source(name); }, reader_.version()) {}

  torch::jit::Module module() {
    const auto constants = read("constants");
    for (const auto &constant : constants.toTupleRef().elements()) {
      constants_.push_back(constant);
    }
    torch::jit::Module module(read("data").toObject());
    program_.check();
    return module;
  }

private:
  // The source of a module of classes, `__torch__.a.b`; null when the file does not hold it.
  std::shared_ptr<Source> source(const std::string &name) {
    auto path = "code/" + name + ".py";
    std::replace(path.begin() + 5, path.end() - 3, '.', '/');
    if (!reader_.hasRecord(path)) {
      return nullptr;
    }
    const auto [bytes, count] = reader_.getRecord(path);
    return std::make_shared<Source>(std::string(static_cast<const char *>(bytes.get()), count), path, 1);
  }

  c10::StrongTypePtr type(const c10::QualifiedName &name) {
    program_.check_class(name);
    return {unit_, sources_.loadType(name)};
  }

  c10::intrusive_ptr<Object> object(const c10::StrongTypePtr &type, c10::IValue state) {
    const auto cls = type.type_->expect<c10::ClassType>();
    auto object = Object::create(type, cls->numAttributes());
    if (reads_its_state(*cls)) {
      program_.check();
      cls->getMethod("__setstate__")({object, std::move(state)});
      require_all_set(*object, *cls);
      return object;
    }
    const auto values = state.toGenericDict();
    for (size_t i = 0; i < cls->numAttributes(); ++i) {
      object->setSlot(i, values.at(cls->getAttributeName(i)));
    }
    return object;
  }

  c10::IValue read(const std::string &entry) {
    return torch::jit::readArchiveAndTensors(
        entry, /*pickle_prefix=*/"", /*tensor_prefix=*/"",
        [this](const c10::QualifiedName &name) { return type(name); },
        [this](const c10::StrongTypePtr &type, c10::IValue state) { return object(type, std::move(state)); },
        c10::Device(c10::kCPU), reader_);
  }

  PyTorchStreamReader reader_;
  std::shared_ptr<torch::jit::CompilationUnit> unit_;
  Program program_;
  std::vector<c10::IValue> constants_;
  torch::jit::SourceImporter sources_;
};

} // namespace

torch::jit::Module import_module(std::shared_ptr<caffe2::serialize::ReadAdapterInterface> file, Policy policy) {
  // What older files call and this libtorch does otherwise.
  torch::jit::populate_upgraders_graph_map();
  return Import(std::move(file), policy).module();
}

} // namespace nn
