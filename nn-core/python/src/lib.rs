//! Scripts in Python as models: `[nn~ effect.py]`.
//!
//! [`PythonScript`] reads what a script says of itself from its text; nothing of it runs. [`PythonRuntime`] plays it: a process of
//! the user's own Python (`interpreter`) runs the scripts of all boxes, each on a thread of its own (`connection`), so a loop, a crash
//! or an `exit` there ends no host. What the process does is one file, `box.py`, made of the parts in `box/`, which are compiled into this library.
//!
//! A script is a program with all rights of its user. It is therefore run only from a path on this machine that somebody typed: the
//! catalog neither lists nor downloads scripts ([`nn_model::Format::is_program`]).

mod asked;
mod connection;
mod examined;
mod format;
mod interpreter;
mod midi;
mod model;
mod process;
mod runtime;
mod script;
mod sound;
mod source;
mod value;
mod wire;

pub use examined::Interpreter;
pub use format::PythonScript;
pub use interpreter::VARIABLE;
pub use runtime::PythonRuntime;
