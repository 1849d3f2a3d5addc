//! TorchScript files as models.

use std::{
    cell::Cell,
    fs::File,
    io::{Seek, SeekFrom},
    path::Path,
};

use crate::{
    abi::REFUSED,
    backend::Backend,
    call::Fault,
    content::{self, Content},
    handle::{self, Handle},
    image::Image,
    known,
    library::{Library, Original, Stamp},
    model::TorchModel,
    operators, said,
};
use nn_archive::{
    ArchiveError,
    operators::{Refusal, all_are_allowed},
};
use nn_model::{Description, LoadError, Model, ModelSource, Said, spec::ModelSpec};
use nn_process::effort::Noted;

/// Loads `.ts` files through libtorch. One for all boxes of a process is enough.
#[derive(Clone, Copy, Debug, Default)]
pub struct TorchSource;

impl ModelSource for TorchSource {
    fn describe(&self, path: &Path) -> Result<ModelSpec, LoadError> {
        let stamp = known::stamp(path);
        if let Some(spec) = known::find(stamp.as_ref()) {
            return Ok(spec);
        }
        let spec = nn_archive::describe(path).map_err(|error| archive_error(path, error))?;
        known::remember(stamp, &spec);
        Ok(spec)
    }

    fn describe_at_once(&self, path: &Path) -> Result<Option<ModelSpec>, LoadError> {
        let stamp = known::stamp(path);
        if let Some(spec) = known::find(stamp.as_ref()) {
            return Ok(Some(spec));
        }
        let spec = nn_archive::describe_at_once(path).map_err(|error| archive_error(path, error))?;
        if let Some(spec) = &spec {
            known::remember(stamp, spec);
        }
        Ok(spec)
    }

    /// Opens libtorch: that it is missing is one more reason why the model cannot run here.
    fn inspect(&self, path: &Path) -> Description {
        let mut description = nn_archive::description(path);
        match Backend::get() {
            Ok(backend) => {
                let used = description.operators.as_ref().map_or(&[][..], |operators| &operators.used);
                // It can only fail for names that are none, and those of a description are.
                let lacking = operators::lacking(backend.table, used).unwrap_or_default();
                description.check_operators(backend.torch_version(), lacking);
            }
            Err(error) => {
                description.problems.push(LoadError::NoTorch { what: error.to_string() }.to_string());
            }
        }
        description
    }

    /// Files of the same content share their weights.
    fn load(&self, path: &Path) -> Result<Box<dyn Model>, LoadError> {
        let library = Library::global();
        let stamp = std::fs::metadata(path).ok().and_then(|metadata| Stamp::of(path, &metadata));
        if let Some(original) = stamp.as_ref().and_then(|stamp| library.by_stamp(stamp)) {
            self.prepare_thread(1);
            if let Ok(handle) = original.fork() {
                return Ok(Box::new(TorchModel::new(handle, original)));
            }
        }
        // Looked at before it is read whole: no gigabytes of something that is no model, no wait for a pipe.
        self.describe(path)?;
        let unreadable = |error: std::io::Error| archive_error(path, error.into());
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
                nn_archive::verify_file(path).map_err(|error| archive_error(path, error))?;
                return Err(LoadError::NoTorch { what: error.to_string() });
            }
        };
        let length = file.metadata().map_err(unreadable)?.len();
        let (image, content) = Image::of(backend, Noted::new(&file), length).map_err(unreadable)?;
        if let Some(model) = self.shared(&content, stamp.as_ref()) {
            return Ok(model);
        }
        let broken = |error| archive_error(path, error);
        nn_archive::verify_from(image.reader()).map_err(broken)?;
        let described = nn_archive::describe_from(image.reader()).map_err(broken)?;
        let stored = nn_archive::tensors_are_stored(image.reader()).map_err(broken)?;
        let warning = nn_archive::allowed_by_hand(image.reader());
        self.prepare_thread(1);
        let handle =
            Handle::load(image, stored, all_are_allowed()).map_err(|fault| torch_error(path, fault))?;
        let path = || path.display().to_string();
        let mut spec = handle.describe().map_err(|what| LoadError::Spec { path: path(), what })?;
        if let Some(what) = described.disagreement(&spec) {
            return Err(LoadError::Differs { path: path(), what });
        }
        // libtorch does not tell who wrote the file.
        spec.producer = described.producer;
        spec.buffer_hints = described.buffer_hints;
        // A model that cannot be copied is used as it is, by this box alone.
        if handle.fork().is_err() {
            return Ok(Box::new(TorchModel::alone(handle, spec, warning)));
        }
        let original = Original::new(handle, spec, warning);
        library.keep(content, stamp, &original);
        let fork = original.fork().map_err(|fault| LoadError::Torch { path: path(), what: fault.text })?;
        Ok(Box::new(TorchModel::new(fork, original)))
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

    fn take_said(&self) -> Option<Said> {
        Backend::opened().and_then(|backend| said::take(backend.table))
    }

    fn forget_said(&self) {
        if let Some(backend) = Backend::opened() {
            said::forget(backend.table);
        }
    }
}

impl TorchSource {
    /// A model of a content that some box plays already.
    fn shared(&self, content: &Content, stamp: Option<&Stamp>) -> Option<Box<dyn Model>> {
        let original = Library::global().by_content(content, stamp)?;
        self.prepare_thread(1);
        let handle = original.fork().ok()?;
        Some(Box::new(TorchModel::new(handle, original)))
    }
}

fn torch_error(path: &Path, fault: Fault) -> LoadError {
    let path = path.display().to_string();
    match fault.text.split_once('\n') {
        Some((what, place)) if fault.status == REFUSED => {
            let refusal = Refusal { what: what.to_owned(), place: place.to_owned() };
            LoadError::Archive { path, what: refusal.to_string() }
        }
        _ => LoadError::Torch { path, what: fault.text },
    }
}

fn archive_error(path: &Path, error: ArchiveError) -> LoadError {
    let path = path.display().to_string();
    match error {
        ArchiveError::Read(what) => LoadError::Read { path, what: what.to_string() },
        ArchiveError::Spec(what) => LoadError::Spec { path, what },
        other => LoadError::Archive { path, what: other.to_string() },
    }
}
