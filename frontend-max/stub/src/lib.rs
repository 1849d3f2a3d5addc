//! What Max opens for `nn~`, `mc.nn~`, `mcs.nn~` and `nn.info`: one small file under four names. It opens the core
//! library in the package's folder `support`, which registers the classes of all boxes. If that fails, a line on
//! Max's console says what is missing.
#![allow(unsafe_code)] // Called by Max, calls Max.

use std::{
    ffi::{CString, c_char, c_void},
    panic::catch_unwind,
    path::PathBuf,
};

use nn_dylib::{Host, System};

/// The core's function that makes the classes. It takes no arguments; another interface gets another name.
const SETUP: &std::ffi::CStr = c"nn_max_setup_1";

#[cfg_attr(windows, link(name = "MaxAPI", kind = "raw-dylib"))]
unsafe extern "C" {
    fn object_error(object: *mut c_void, format: *const c_char, ...);
}

/// The core, in the package's folder `support`.
fn core() -> PathBuf {
    Host::Max.core(System::here(), &nn_dylib::folder(), "nn_max")
}

/// Max calls this when it has loaded the file.
#[unsafe(no_mangle)]
pub extern "C" fn ext_main(_r: *mut c_void) {
    // A panic that left a function of C would end the host.
    let set_up = catch_unwind(|| match nn_dylib::entry(&core(), SETUP) {
        Ok(address) => {
            // SAFETY: the core's function of this name has this signature; Max's main thread, as it asks for.
            unsafe { std::mem::transmute::<*const c_void, unsafe extern "C" fn()>(address)() };
        }
        Err(error) => {
            let line = CString::new(format!("nn~: {error}")).unwrap_or_default();
            // SAFETY: format and argument agree; Max copies the text.
            unsafe { object_error(std::ptr::null_mut(), c"%s".as_ptr(), line.as_ptr()) };
        }
    });
    drop(set_up);
}
