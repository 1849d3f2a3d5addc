//! Where the engine has its models from.

use crate::{Description, LoadError, Model, ModelLocation, Printed, spec::ModelSpec};

/// Where models come from: the table of formats ([`Formats`](crate::Formats)), or fakes in tests.
pub trait ModelSource: Send + Sync + 'static {
    /// The endings with which a typed name is looked for, in this order, without the dot; always also as it is.
    ///
    /// Thread: main.
    fn extensions(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// Whether a typed name is the address of a model, and no file.
    ///
    /// Thread: main.
    fn takes_address(&self, _address: &str) -> bool {
        false
    }

    /// Whether a file runs as a program, in a way that can be chosen ([`RunAs`](crate::RunAs)). May read a few bytes.
    ///
    /// Thread: main.
    fn is_program(&self, _location: &ModelLocation) -> bool {
        false
    }

    /// Who plays a model, where that is for users to know: what it is called, and what is known of it at once.
    ///
    /// Thread: main.
    fn player(&self, _location: &ModelLocation) -> Option<(&'static str, Vec<String>)> {
        None
    }

    /// What a model says about itself, in milliseconds for real ones.
    ///
    /// Thread: loader.
    ///
    /// # Errors
    /// Anything that keeps it from being a usable model.
    fn describe(&self, location: &ModelLocation) -> Result<ModelSpec, LoadError>;

    /// The same, where it is known or takes no longer than a host can wait (20 ms), whatever the file; `None` where it takes
    /// longer.
    ///
    /// Thread: main.
    ///
    /// # Errors
    /// As [`ModelSource::describe`], as far as it was looked at.
    fn describe_at_once(&self, location: &ModelLocation) -> Result<Option<ModelSpec>, LoadError> {
        self.describe(location).map(Some)
    }

    /// Everything that can be known without loading it, whatever is wrong with it. May take seconds.
    ///
    /// Thread: loader.
    fn inspect(&self, location: &ModelLocation) -> Description {
        Description::of_described(location, self.describe(location))
    }

    /// The model in the state that is stored. May take seconds.
    ///
    /// Thread: loader.
    ///
    /// # Errors
    /// Whatever kept it from loading.
    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError>;

    /// What models printed on the calling thread since the last call, failed loads included.
    ///
    /// Thread: loader.
    fn take_printed(&self) -> Option<Printed> {
        None
    }
}
