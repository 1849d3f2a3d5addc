//! libtorch behind a small table of C functions.
//!
//! The table is described in `shim/nn_torch.h` and filled by the C++ files beside it. This crate only compiles them,
//! links libtorch, hands them the kernels of `nn-kernels` and exports the one symbol [`nn_torch_api`]; `nn-core` opens
//! the library and does the rest.
#![allow(unsafe_code)] // The edge to C++.

use std::ffi::c_void;

// SAFETY: `shim/api.cpp` defines it so; it is noexcept and keeps the table, which lives as long as the process.
unsafe extern "C" {
    safe fn nn_torch_table_address(kernels: &'static nn_kernels::c_abi::Table) -> *const c_void;
}

/// The address of the `nn_torch_table` of this library, which lives as long as the process. Any thread, any number
/// of times; never null.
// SAFETY: no other library of this project defines the name, and the prefix is this project's own.
#[unsafe(no_mangle)]
pub extern "C" fn nn_torch_api() -> *const c_void {
    nn_torch_table_address(&nn_kernels::c_abi::TABLE)
}
