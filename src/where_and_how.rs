//! Where and how something was measured: machine, load, versions, command.

use nn_core::{
    machine::{self, Others},
    torch::Backend,
};
use serde_json::{Value, json};

use crate::command_line::typed;

/// The machine and what it did when it began, and the command.
#[derive(Clone, Debug)]
pub struct WhereAndHow {
    /// The processor, and how many of its cores this process may use.
    pub processor: String,
    /// The system.
    pub system: String,
    /// Runnable threads before it began.
    pub load: String,
    /// What was typed.
    pub command: String,
}

impl WhereAndHow {
    /// Right before it begins.
    pub fn now() -> Self {
        let command = typed();
        Self { processor: machine::name(), system: machine::system(), load: machine::load(), command }
    }

    /// In one line; `libtorch` is the version that computes, where it is known.
    pub fn line(&self, libtorch: Option<&str>) -> String {
        let Self { processor, system, load, .. } = self;
        let libtorch = libtorch.map_or(String::new(), |version| format!(", libtorch {version}"));
        format!("{processor}, {system}, load {load}, nn {}{libtorch}", env!("CARGO_PKG_VERSION"))
    }

    /// Adds what programs need to repeat it; `load_after` and `libtorch` are known when it has ended.
    pub fn tell(&self, object: &mut Value, load_after: &str, libtorch: Option<&str>) {
        object["machine"] = json!({
            "processor": self.processor,
            "system": self.system,
            "load_before": self.load,
            "load_after": load_after,
        });
        object["command"] = json!(self.command);
        object["version"] = json!(env!("CARGO_PKG_VERSION"));
        object["libtorch"] = json!(libtorch);
    }

    /// The same of what this process has done itself, with the processors' time that other programs took meanwhile.
    pub fn tell_own(&self, object: &mut Value, others: &Others) {
        let libtorch = Backend::opened().map(Backend::torch_version);
        self.tell(object, &machine::load(), libtorch);
        object["machine"]["others_cores"] = json!(others.cores());
    }
}
