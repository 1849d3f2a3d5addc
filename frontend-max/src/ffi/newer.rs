//! Functions that only a newer Max has. Imported like the others, they would keep this external from loading in an older
//! one; so they are looked up by name, each time: that is rare and takes a microsecond.

use std::ffi::{CStr, c_short, c_void};

use super::types::{AtomArray, MaxErr, Symbol};

type Find = unsafe extern "C" fn(*mut Symbol) -> *mut AtomArray;
type Release = unsafe extern "C" fn(*mut AtomArray) -> MaxErr;
type MaxVersion = unsafe extern "C" fn() -> c_short;

/// The release of this Max as it numbers it, where it tells: 0x865 is 8.6.5.
pub fn max_version() -> Option<u16> {
    let address = look_up(c"maxversion");
    if address.is_null() {
        return None;
    }
    // SAFETY: Max's function of this name has this signature.
    Some(unsafe { std::mem::transmute::<*const c_void, MaxVersion>(address)() }.cast_unsigned())
}

/// The named arrays of Max 8.6 and later.
pub struct ArrayObjects {
    find: Find,
    release: Release,
}

/// What this Max has of them; nothing if it is older.
pub fn array_objects() -> Option<ArrayObjects> {
    let (find, release) = (look_up(c"arrayobj_findregistered_retain"), look_up(c"arrayobj_release"));
    if find.is_null() || release.is_null() {
        return None;
    }
    // SAFETY: Max's functions of these names have these signatures.
    let (find, release) = unsafe {
        (
            std::mem::transmute::<*const c_void, Find>(find),
            std::mem::transmute::<*const c_void, Release>(release),
        )
    };
    Some(ArrayObjects { find, release })
}

impl ArrayObjects {
    /// The array of a name, retained; null where there is none.
    ///
    /// # Safety
    /// On Max's main thread, with one of Max's symbols. To be balanced by [`ArrayObjects::release`].
    pub unsafe fn find_retain(&self, name: *mut Symbol) -> *mut AtomArray {
        // SAFETY: the caller guarantees Max's main thread and one of its symbols.
        unsafe { (self.find)(name) }
    }

    /// Gives an array back.
    ///
    /// # Safety
    /// On Max's main thread, with an array from [`ArrayObjects::find_retain`], once.
    pub unsafe fn release(&self, array: *mut AtomArray) {
        // SAFETY: the caller guarantees Max's main thread and an array that it has retained once.
        unsafe { (self.release)(array) };
    }
}

#[cfg(unix)]
fn look_up(name: &CStr) -> *const c_void {
    // SAFETY: a plain question; Max, which has the function, stays loaded.
    unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) }
}

#[cfg(windows)]
fn look_up(name: &CStr) -> *const c_void {
    use std::ffi::c_char;

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetModuleHandleA(module: *const c_char) -> *mut c_void;
        fn GetProcAddress(module: *mut c_void, name: *const c_char) -> *const c_void;
    }

    // SAFETY: plain questions; Max, which has the function, stays loaded.
    unsafe {
        let module = GetModuleHandleA(c"MaxAPI.dll".as_ptr());
        if module.is_null() { std::ptr::null() } else { GetProcAddress(module, name.as_ptr()) }
    }
}
