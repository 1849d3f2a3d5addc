//! Which operators the code of a model may call.
//!
//! A model is a program by a stranger. Of libtorch's operators it may call those that only compute on what they are
//! given; `list.txt` has all of them in groups with reasons, `docs/SECURITY.md` says what the list is worth. The code is
//! read as text here, so that a file is refused before libtorch sees it, also where there is no libtorch. What libtorch
//! then makes of it is looked at again (`torch/library/shim/program.cpp`), because texts can be written in many ways.

mod calls;
mod list;
mod permission;
mod refusal;

pub(super) use calls::{Calls, refused};
pub use list::{allowed, guarded, listed};
pub use permission::{ALL_VARIABLE, all_are_allowed};
pub use refusal::Refusal;
pub(super) use refusal::warning;
