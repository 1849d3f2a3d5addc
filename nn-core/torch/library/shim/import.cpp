#include "import.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include <c10/core/CPUAllocator.h>
#include <caffe2/serialize/inline_container.h>
#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/operator_upgraders/upgraders_entry.h>
#include <torch/csrc/jit/serialization/import_source.h>
#include <torch/csrc/jit/serialization/unpickler.h>

#include "errors.h"
#include "program.h"

namespace nn {
namespace {

using caffe2::serialize::PyTorchStreamReader;
using torch::jit::Source;
using Object = c10::ivalue::Object;

// What libtorch gives its own tensors, for vector instructions.
constexpr size_t ALIGNMENT_BYTES = 64;

// The image as the archive that libtorch's reader reads.
class Archive final : public caffe2::serialize::ReadAdapterInterface {
public:
  explicit Archive(std::shared_ptr<Image> image) : image_(std::move(image)) {}

  size_t size() const override { return image_->size(); }

  size_t read(uint64_t position, void *into, size_t count, const char * /*what*/) const override {
    if (position >= image_->size()) {
      return 0;
    }
    const size_t there = std::min<uint64_t>(count, image_->size() - position);
    image_->read(position, static_cast<char *>(into), there);
    return there;
  }

private:
  std::shared_ptr<Image> image_;
};

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
  Import(const std::shared_ptr<Image> &file, Policy policy)
      : file_(file), stored_(policy.stored), reader_(std::make_shared<Archive>(file)), unit_(std::make_shared<torch::jit::CompilationUnit>()), program_(*unit_, policy),
        sources_(unit_, &constants_, [this](const std::string &name) { return source(name); }, reader_.version()) {}

  torch::jit::Module module() {
    const auto constants = read("constants");
    for (const auto &constant : constants.toTupleRef().elements()) {
      constants_.push_back(constant);
    }
    torch::jit::Module module(read("data").toObject());
    program_.check();
    if (unpacked_ != nullptr) {
      unpacked_->leave(0, unpacked_->size());
    }
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
    const auto [pickle, count] = reader_.getRecord(entry + ".pkl");
    const auto *next = static_cast<const char *>(pickle.get());
    auto left = count;
    const auto bytes = [&](char *into, size_t most) {
      const auto now = std::min(most, left);
      std::memcpy(into, next, now);
      next += now;
      left -= now;
      return now;
    };
    torch::jit::Unpickler unpickler(
        bytes, [this](const c10::QualifiedName &name) { return type(name); },
        [this](const c10::StrongTypePtr &type, c10::IValue state) { return object(type, std::move(state)); },
        [&](const std::string &key) { return record(entry + "/" + key); }, c10::Device(c10::kCPU));
    unpickler.set_version(reader_.version());
    return unpickler.parse_ivalue();
  }

  // The numbers of a storage.
  c10::DataPtr record(const std::string &name) {
    const auto size = reader_.getRecordSize(name);
    const auto at = stored_ ? reader_.getRecordOffset(name) : 0;
    if (size == 0 || seen_.count(name) != 0) {
      // Storages of one entry do not share memory.
      return size == 0 ? std::get<0>(reader_.getRecord(name)) : again(seen_.at(name), size);
    }
    if (stored_ && at % ALIGNMENT_BYTES == 0 && at <= file_->size() && size <= file_->size() - at) {
      seen_.emplace(name, file_->bytes() + at);
      return file_->record(at);
    }
    if (unpacked_ == nullptr) {
      size_t total = 0;
      for (const auto &other : reader_.getAllRecords()) {
        total += reader_.getRecordSize(other) / ALIGNMENT_BYTES * ALIGNMENT_BYTES + ALIGNMENT_BYTES;
      }
      unpacked_ = std::make_shared<Image>(total);
    }
    const auto place = unpacked_end_;
    reader_.getRecord(name, unpacked_->bytes() + place, size);
    unpacked_->discard_zeros(place, size);
    unpacked_end_ += (size + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
    if (stored_) {
      file_->discard(at, size);
    }
    seen_.emplace(name, unpacked_->bytes() + place);
    return unpacked_->record(place);
  }

  static c10::DataPtr again(const char *bytes, size_t count) {
    auto copy = c10::GetCPUAllocator()->allocate(count);
    std::memcpy(copy.mutable_get(), bytes, count);
    return copy;
  }

  std::shared_ptr<Image> file_, unpacked_;
  size_t unpacked_end_ = 0;
  bool stored_;
  // Where the numbers of the entries lie that were asked for.
  std::unordered_map<std::string, const char *> seen_;
  PyTorchStreamReader reader_;
  std::shared_ptr<torch::jit::CompilationUnit> unit_;
  Program program_;
  std::vector<c10::IValue> constants_;
  torch::jit::SourceImporter sources_;
};

} // namespace

torch::jit::Module import_module(const std::shared_ptr<Image> &file, Policy policy) {
  // What older files call and this libtorch does otherwise.
  torch::jit::populate_upgraders_graph_map();
  return Import(file, policy).module();
}

} // namespace nn
