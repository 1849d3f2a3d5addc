//! The only module that knows libtorch.
