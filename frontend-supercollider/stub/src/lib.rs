//! What a server opens as a plug-in, one for scsynth and one for supernova. It opens the core library in the package's
//! folder `support`, which defines everything. If that fails, a line in the post window says what is missing.
#![allow(unsafe_code)] // Called by the server, calls it.

use std::{
    ffi::{CStr, CString, c_char, c_int, c_void},
    panic::catch_unwind,
    path::PathBuf,
    sync::atomic::{AtomicPtr, Ordering::Relaxed},
};

use nn_dylib::{Host, System};

/// The core.
const NAME: &str = "nn_supercollider";

/// The core's functions; another interface gets other names.
const LOAD: &CStr = c"nn_supercollider_load_1";
const UNLOAD: &CStr = c"nn_supercollider_unload_1";

/// scsynth is 0, supernova 1.
const SERVER: c_int = if cfg!(feature = "supernova") { 1 } else { 0 };

/// Where the server's function that prints stands in its table.
const PRINT: usize = 4;

type Load = unsafe extern "C" fn(*mut c_void, c_int);
type Unload = unsafe extern "C" fn();
type Print = unsafe extern "C" fn(*const c_char, ...) -> c_int;

static UNLOADS: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());

/// The core. Servers open every library below their folders that has the system's ending, so this one has another; while it is
/// being developed it stands beside the plug-in.
fn core() -> PathBuf {
    let own = nn_dylib::folder();
    let beside = own.join(System::here().library(NAME));
    if beside.is_file() { beside } else { Host::SuperCollider.core(System::here(), &own, NAME) }
}

/// The version of the interface.
#[unsafe(no_mangle)]
pub extern "C" fn api_version() -> c_int {
    3
}

/// Which server this is for.
#[unsafe(no_mangle)]
pub extern "C" fn server_type() -> c_int {
    SERVER
}

/// The server has opened the plug-in.
///
/// # Safety
/// Called by the server on its main thread with its table of functions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn load(table: *mut c_void) {
    // A panic that left a function of C would end the server.
    let loaded = catch_unwind(|| {
        let path = core();
        let functions = nn_dylib::entry(&path, LOAD)
            .and_then(|load| nn_dylib::entry(&path, UNLOAD).map(|unload| (load, unload)));
        match functions {
            Ok((load, unload)) => {
                UNLOADS.store(unload.cast_mut(), Relaxed);
                // SAFETY: the core's function of this name has this signature; it gets the server's own table.
                unsafe { std::mem::transmute::<*const c_void, Load>(load)(table, SERVER) };
            }
            Err(error) => {
                let line = CString::new(format!("ERROR: NN: {error}")).unwrap_or_default();
                // SAFETY: the table has this function there; format and argument agree.
                unsafe {
                    let print = *table.cast::<*const c_void>().add(PRINT);
                    std::mem::transmute::<*const c_void, Print>(print)(c"%s\n".as_ptr(), line.as_ptr());
                }
            }
        }
    });
    drop(loaded);
}

/// The server quits.
///
/// # Safety
/// Called by the server, after [`load`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn unload() {
    let unload = UNLOADS.load(Relaxed);
    if !unload.is_null() {
        // SAFETY: the core's function of this name has this signature.
        unsafe { std::mem::transmute::<*mut c_void, Unload>(unload)() };
    }
}
