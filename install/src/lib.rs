//! Finds or brings libtorch.
