//! libtorch behind a small table of C functions.
