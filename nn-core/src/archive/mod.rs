//! Reads a TorchScript archive without libtorch.
