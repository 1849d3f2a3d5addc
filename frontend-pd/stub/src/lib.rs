//! What Pure Data opens for `[nn~]`, `[mc.nn~]`, `[mcs.nn~]` and `[nn.info]`: one small file under four names. It
//! opens the core library beside it, which registers the classes of all boxes. If that fails, a line on Pd's console
//! says what is missing.
#![allow(unsafe_code)] // Called by Pd, calls Pd.

use std::{
    ffi::{CString, c_char, c_void},
    panic::catch_unwind,
    path::PathBuf,
};

use nn_dylib::{Host, System};

/// The core's function that makes the classes. It takes no arguments; another interface gets another name.
const SETUP: &std::ffi::CStr = c"nn_pd_setup_1";

#[cfg_attr(windows, link(name = "pd", kind = "raw-dylib"))]
unsafe extern "C" {
    fn pd_error(object: *const c_void, format: *const c_char, ...);
    fn clock_new(owner: *mut c_void, method: *const c_void) -> *mut c_void;
    fn clock_delay(clock: *mut c_void, delay_ms: f64);
}

/// The core: one for Pure Data's usual numbers, and one for a Pure Data of double precision, whose externals have
/// names that end in `-64`.
fn core() -> PathBuf {
    let own = nn_dylib::own_module().unwrap_or_default();
    let stem = own.file_stem().unwrap_or_default().to_string_lossy();
    let name = if stem.ends_with("-64") { "nn_pd_64" } else { "nn_pd" };
    Host::PureData.core(System::here(), &nn_dylib::folder(), name)
}

/// Says a line on Pd's console.
///
/// # Safety
/// To be called by Pd with the line of [`set_up`].
unsafe extern "C" fn say(line: *const c_char) {
    // SAFETY: format and argument agree; Pd copies the text.
    unsafe { pd_error(std::ptr::null(), c"%s".as_ptr(), line) };
}

fn set_up() {
    // A panic that left a function of C would end the host.
    let set_up = catch_unwind(|| match nn_dylib::entry(&core(), SETUP) {
        Ok(address) => {
            // SAFETY: the core's function of this name has this signature; Pd's main thread, as it asks for.
            unsafe { std::mem::transmute::<*const c_void, unsafe extern "C" fn()>(address)() };
        }
        Err(error) => {
            let line = CString::new(format!("nn~: {error}")).unwrap_or_default().into_raw();
            // When the patch is there: after Pd's own lines on the box that it could not make.
            // SAFETY: Pd's main thread. The clock, of which there is one in a Pd, is never freed, nor is the line that it
            // is given.
            unsafe { clock_delay(clock_new(line.cast(), say as *const c_void), 0.0) };
        }
    });
    drop(set_up);
}

/// Pd calls this when it has loaded the library for `[nn~]`.
#[unsafe(no_mangle)]
pub extern "C" fn nn_tilde_setup() {
    set_up();
}

/// Pd calls this when it has loaded the library for `[mc.nn~]`.
#[unsafe(no_mangle)]
pub extern "C" fn setup_mc0x2enn_tilde() {
    set_up();
}

/// Pd calls this when it has loaded the library for `[mcs.nn~]`.
#[unsafe(no_mangle)]
pub extern "C" fn setup_mcs0x2enn_tilde() {
    set_up();
}

/// Pd calls this when it has loaded the library for `[nn.info]`.
#[unsafe(no_mangle)]
pub extern "C" fn setup_nn0x2einfo() {
    set_up();
}
