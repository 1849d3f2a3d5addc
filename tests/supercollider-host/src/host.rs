//! What a process has once: the plug-in's classes and commands, what it prints, and breaches of the interface.

use std::{ffi::c_void, sync::OnceLock};

use parking_lot::Mutex;

use crate::abi::{Command, UnitFunction};

/// A plug-in's `load`, and which server it is told.
pub type Load = unsafe extern "C" fn(*mut c_void, i32);

/// A class of units.
#[derive(Clone)]
pub struct Class {
    pub name: String,
    pub bytes: usize,
    pub construct: UnitFunction,
    pub destruct: Option<UnitFunction>,
}

/// A command of the plug-in's.
#[derive(Clone)]
pub struct Defined {
    pub name: String,
    pub function: Command,
    /// Its data, as a number.
    pub data: usize,
}

/// Everything that lasts as long as the process.
#[derive(Default)]
pub struct Host {
    pub classes: Mutex<Vec<Class>>,
    pub commands: Mutex<Vec<Defined>>,
    pub lines: Mutex<Vec<String>>,
    breaches: Mutex<Vec<String>>,
}

/// That of this process.
pub fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(Host::default)
}

impl Host {
    /// Notes a breach of the interface.
    pub fn breach(&self, what: impl Into<String>) {
        self.breaches.lock().push(what.into());
    }

    /// The breaches so far, which are forgotten.
    pub fn breaches(&self) -> Vec<String> {
        std::mem::take(&mut *self.breaches.lock())
    }

    /// A class by its name.
    pub fn class(&self, name: &str) -> Option<Class> {
        self.classes.lock().iter().find(|class| class.name == name).cloned()
    }

    /// A command by its name.
    pub fn command(&self, name: &str) -> Option<Defined> {
        self.commands.lock().iter().find(|command| command.name == name).cloned()
    }
}
