//! Numbers of Max's interface.

use std::ffi::{c_int, c_long, c_short};

use super::types::MaxErr;

/// All went well.
pub const MAX_ERR_NONE: MaxErr = 0;
/// Something did not.
pub const MAX_ERR_GENERIC: MaxErr = -1;

/// End of a list of argument types.
pub const A_NOTHING: c_int = 0;
/// A whole number.
pub const A_LONG: c_short = 1;
/// A number.
pub const A_FLOAT: c_short = 2;
/// A symbol.
pub const A_SYM: c_short = 3;
/// Any arguments.
pub const A_GIMME: c_int = 8;
/// Not to be called by messages.
pub const A_CANT: c_int = 9;

/// Outputs must not share memory with inputs.
pub const Z_NO_INPLACE: c_short = 1;
/// All channels of multichannel signals are wanted.
pub const Z_MC_INLETS: c_short = 32;

/// What `assist` is asked about: an inlet (otherwise an outlet).
pub const ASSIST_INLET: c_long = 1;
/// Room for the answer of `assist`, the zero byte included: less than Max's 500, as its own objects keep it.
pub const ASSIST_ROOM: usize = 256;

/// Room for a path.
pub const MAX_PATH_CHARS: usize = 2048;
/// For `fileusage_addfile`: a standalone gets the file as a file, not as a part of its collective.
pub const FILEUSAGE_AS_FILE: c_long = 1;
/// Most atoms in a message: the count is a short.
pub const MAX_ATOMS: usize = c_short::MAX as usize;
