//! The formats of models that this project knows, each with the runtime that plays it, in one table.
//!
//! Boxes, `nn.info`, the tool and the catalog read [`FORMATS`] and nothing else: which names a typed name may mean, who
//! describes and loads a model, what counts as a model's file and what a download has to pass. How a format is added is said at
//! [`Format`].

pub use nn_model::{Entry, Format, Formats, HEAD_BYTES, Unsound};

#[cfg(feature = "torch")]
use nn_torch_client::TorchRuntime as ForTorchScript;
#[cfg(not(feature = "torch"))]
use without::Without as ForTorchScript;

/// Files of TorchScript, played by libtorch.
pub const TORCH_SCRIPT: Entry =
    Entry { name: "TorchScript", format: &nn_archive::TorchScript, runtime: &ForTorchScript };

/// Scripts in Python, played by the user's own Python.
pub const PYTHON: Entry =
    Entry { name: "Python", format: &nn_python::PythonScript, runtime: &nn_python::PythonRuntime };

/// All of them, in the order in which they are tried.
pub const FORMATS: Formats = Formats::new(&[TORCH_SCRIPT, PYTHON]);

#[cfg(not(feature = "torch"))]
mod without {
    use nn_model::{LoadError, Model, ModelLocation, Runtime};

    /// In the place of the runtime that this build does not have.
    #[derive(Debug)]
    pub struct Without;

    impl Runtime for Without {
        fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
            let what = format!("{location}: this build plays no TorchScript models: use one with libtorch");
            Err(LoadError::Unusable { what })
        }
    }
}
