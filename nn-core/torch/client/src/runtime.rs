//! libtorch as the runtime of TorchScript files.

use std::{
    cell::Cell,
    fs::File,
    io::{Seek, SeekFrom},
};

use crate::{
    abi::REFUSED,
    backend::Backend,
    call::Fault,
    content::{self, Content},
    disk,
    effect::Effect,
    effect_block::Layout,
    handle::{self, Handle},
    image::Image,
    library::{Library, Original},
    model::TorchModel,
    operators, printed, profile,
};
use nn_archive::{
    ArchiveError, TorchScript,
    operators::{Refusal, all_are_allowed},
};
use nn_model::{
    Description, Format, LoadError, Model, ModelLocation, Printed, Runtime, Stamp, effect::ModelKind,
    profile::Ceilings, spec::ModelSpec,
};
use nn_process::effort::Noted;

/// How users know it.
const NAME: &str = "libtorch";

/// Loads TorchScript files through libtorch.
#[derive(Clone, Copy, Debug, Default)]
pub struct TorchRuntime;

impl Runtime for TorchRuntime {
    /// Opens libtorch: that it is missing is one more reason why the model cannot run here.
    fn examine(&self, description: &mut Description) {
        match Backend::get() {
            Ok(backend) => {
                let used = description.operators.as_ref().map_or(&[][..], |operators| &operators.used);
                // It can only fail for names that are none, and those of a description are.
                let lacking = operators::lacking(backend.table, used).unwrap_or_default();
                description.check_operators(backend.torch_version(), lacking);
            }
            Err(error) => {
                description
                    .problems
                    .push(LoadError::NoRuntime { runtime: NAME, what: error.to_string() }.to_string());
            }
        }
    }

    /// Files of the same content share their weights.
    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        let path = location.file()?;
        let library = Library::global();
        let stamp = location.stamp();
        if let Some(original) = stamp.as_ref().and_then(|stamp| library.by_stamp(stamp)) {
            self.prepare_thread(1);
            if let Ok(handle) = original.fork() {
                return Ok(playable(TorchModel::new(handle, original, &TorchRuntime)));
            }
        }
        // Looked at before it is read whole: no gigabytes of something that is no model, no wait for a pipe.
        TorchScript.describe(location)?;
        let unreadable = |error: std::io::Error| ArchiveError::from(error).at(location);
        let mut file = File::open(path).map_err(unreadable)?;
        if library.in_use() > 0 {
            // What is there already is not read into memory again.
            let content = content::of(Noted::new(&file)).map_err(unreadable)?;
            if let Some(model) = self.shared(&content, stamp.as_ref()) {
                return Ok(model);
            }
            file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        }
        let backend = match Backend::get() {
            Ok(backend) => backend,
            Err(error) => {
                // A file that is no model is no model wherever libtorch is.
                nn_archive::verify_file(path).map_err(|error| error.at(location))?;
                return Err(LoadError::NoRuntime { runtime: NAME, what: error.to_string() });
            }
        };
        let length = file.metadata().map_err(unreadable)?.len();
        let (image, content) = Image::of(backend, Noted::new(&file), length).map_err(unreadable)?;
        if let Some(model) = self.shared(&content, stamp.as_ref()) {
            return Ok(model);
        }
        let broken = |error: ArchiveError| error.at(location);
        nn_archive::verify_from(image.reader()).map_err(broken)?;
        let described = nn_archive::describe_from(image.reader()).map_err(broken)?;
        let stored = nn_archive::tensors_are_stored(image.reader()).map_err(broken)?;
        let warning = nn_archive::allowed_by_hand(image.reader());
        self.prepare_thread(1);
        let mut handle =
            Handle::load(image, stored, all_are_allowed()).map_err(|fault| torch_error(location, fault))?;
        let path = || location.to_string();
        let spec = match described.kind {
            // It has no method that could differ; what its code answers is held against the file.
            ModelKind::Generator => described,
            ModelKind::Streaming | ModelKind::Effect => {
                let loaded = handle.describe().map_err(|what| LoadError::Spec { path: path(), what })?;
                agreed(described, loaded).map_err(|what| LoadError::Differs { path: path(), what })?
            }
        };
        // A model that cannot be copied is used as it is, by this box alone.
        if handle.fork().is_err() {
            return Ok(playable(TorchModel::alone(handle, spec, warning, &TorchRuntime)));
        }
        disk::move_what_is_large(&mut handle);
        let original = Original::new(handle, spec, warning);
        library.keep(content, stamp, &original);
        let fork = original.fork().map_err(|fault| LoadError::Runtime {
            path: path(),
            runtime: NAME,
            what: fault.text,
        })?;
        Ok(playable(TorchModel::new(fork, original, &TorchRuntime)))
    }

    fn prepare_thread(&self, intra_op_threads: u32) {
        thread_local! {
            /// For how many intra-op threads this thread is prepared, 0 for not at all.
            static PREPARED: Cell<u32> = const { Cell::new(0) };
        }
        let threads = intra_op_threads.max(1);
        if PREPARED.get() == threads {
            return;
        }
        if let Some(backend) = Backend::opened() {
            // It can only fail for 0 threads, which is ruled out.
            let prepared = handle::prepare_thread(backend, threads);
            debug_assert!(prepared.is_ok(), "{prepared:?}");
            PREPARED.set(threads);
        }
    }

    fn ceilings(&self, set_bytes: usize) -> Option<Ceilings> {
        Backend::opened().and_then(|backend| profile::ceilings(backend.table, set_bytes).ok())
    }

    fn take_printed(&self) -> Option<Printed> {
        Backend::opened().and_then(|backend| printed::take(backend.table))
    }

    fn forget_printed(&self) {
        if let Some(backend) = Backend::opened() {
            printed::forget(backend.table);
        }
    }
}

impl TorchRuntime {
    /// A model of a content that some box plays already.
    fn shared(&self, content: &Content, stamp: Option<&Stamp>) -> Option<Box<dyn Model>> {
        let original = Library::global().by_content(content, stamp)?;
        self.prepare_thread(1);
        let handle = original.fork().ok()?;
        Some(playable(TorchModel::new(handle, original, &TorchRuntime)))
    }
}

/// The model as a box plays it.
fn playable(model: TorchModel) -> Box<dyn Model> {
    match model.spec().kind {
        ModelKind::Effect => Box::new(Effect::new(model)),
        ModelKind::Streaming | ModelKind::Generator => Box::new(model),
    }
}

/// What both the file and the loaded model say, or how they differ. libtorch does not say who wrote the file, nor what
/// stands beside the code.
fn agreed(described: ModelSpec, loaded: ModelSpec) -> Result<ModelSpec, String> {
    if described.kind != ModelKind::Effect {
        let differs = described.disagreement(&loaded);
        let (producer, buffer_hints) = (described.producer, described.buffer_hints);
        return differs.map_or(Ok(ModelSpec { producer, buffer_hints, ..loaded }), Err);
    }
    let channels = |spec: &ModelSpec| spec.methods.first().map(|method| method.out_channels);
    let rows = Layout::of(&described).sound_rows();
    match channels(&loaded) {
        Some(found) if found == rows => Ok(described),
        found => Err(format!("forward: {rows} channels in the file, {} in the model", found.unwrap_or(0))),
    }
}

fn torch_error(location: &ModelLocation, fault: Fault) -> LoadError {
    let path = location.to_string();
    match fault.text.split_once('\n') {
        Some((what, place)) if fault.status == REFUSED => {
            let refusal = Refusal { what: what.to_owned(), place: place.to_owned() };
            LoadError::Unsound { path, what: refusal.to_string() }
        }
        _ => LoadError::Runtime { path, runtime: NAME, what: fault.text },
    }
}
