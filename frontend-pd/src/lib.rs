//! nn~ for Pure Data.
