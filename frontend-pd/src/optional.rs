//! Functions that not every host with Pd exports, looked up by name when they are needed: without them the library
//! still loads. `tests/host_symbols.rs` checks the required functions against a list.
#![allow(unsafe_code)]

use std::{
    ffi::{CStr, c_char, c_int, c_long, c_void},
    sync::OnceLock,
};

use crate::ffi::{Canvas, Class, Symbol, Word};

/// What reading arrays takes.
#[derive(Clone, Copy)]
pub struct ArrayFunctions {
    /// The class of all arrays.
    pub class: *const Class,
    /// Finds what has a name, of a class.
    pub find: unsafe extern "C" fn(*mut Symbol, *const Class) -> *mut c_void,
    /// An array's words, if they are plain numbers.
    pub words: unsafe extern "C" fn(*mut c_void, *mut c_int, *mut *mut Word) -> c_int,
}

/// What writing arrays takes beside that.
#[derive(Clone, Copy)]
pub struct ArrayWriting {
    /// Gives an array another size.
    pub resize: unsafe extern "C" fn(*mut c_void, c_long),
    /// Shows what an array holds.
    pub redraw: unsafe extern "C" fn(*mut c_void),
}

// SAFETY: addresses of code and of a class, which stay where they are.
unsafe impl Send for ArrayFunctions {}
// SAFETY: as above.
unsafe impl Sync for ArrayFunctions {}

/// The functions for arrays, where this host lets externals have them.
///
/// # Errors
/// The name that is missing.
pub fn arrays() -> Result<ArrayFunctions, &'static str> {
    static FOUND: OnceLock<Result<ArrayFunctions, &'static str>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let class = wanted(c"garray_class", "garray_class")?.cast::<*const Class>();
        let find = wanted(c"pd_findbyclass", "pd_findbyclass")?;
        let words = wanted(c"garray_getfloatwords", "garray_getfloatwords")?;
        // SAFETY: Pd's variable and functions of these names have had these types since they exist; the class is made
        // when Pd begins.
        unsafe {
            Ok(ArrayFunctions {
                class: *class,
                find: std::mem::transmute::<
                    *mut c_void,
                    unsafe extern "C" fn(*mut Symbol, *const Class) -> *mut c_void,
                >(find),
                words: std::mem::transmute::<
                    *mut c_void,
                    unsafe extern "C" fn(*mut c_void, *mut c_int, *mut *mut Word) -> c_int,
                >(words),
            })
        }
    })
}

/// The functions that write arrays, where this host lets externals have them.
///
/// # Errors
/// The name that is missing.
pub fn array_writing() -> Result<ArrayWriting, &'static str> {
    static FOUND: OnceLock<Result<ArrayWriting, &'static str>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let resize = wanted(c"garray_resize_long", "garray_resize_long")?;
        let redraw = wanted(c"garray_redraw", "garray_redraw")?;
        // SAFETY: Pd's functions of these names have had these types since they exist.
        unsafe {
            Ok(ArrayWriting {
                resize: std::mem::transmute::<*mut c_void, unsafe extern "C" fn(*mut c_void, c_long)>(resize),
                redraw: std::mem::transmute::<*mut c_void, unsafe extern "C" fn(*mut c_void)>(redraw),
            })
        }
    })
}

/// Calls the function with each folder in which files for a canvas are looked for, until it answers 0.
pub type IteratePath = unsafe extern "C" fn(
    *const Canvas,
    unsafe extern "C" fn(*const c_char, *mut c_void) -> c_int,
    *mut c_void,
) -> c_int;

/// Pd's function for it, where this host lets externals have it.
pub fn iterate_path() -> Option<IteratePath> {
    static FOUND: OnceLock<Option<IteratePath>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let address = look_up(c"canvas_path_iterate");
        // SAFETY: Pd's function of this name has had this signature since it exists.
        (!address.is_null()).then(|| unsafe { std::mem::transmute::<*mut c_void, IteratePath>(address) })
    })
}

/// The number of an object in its canvas; with null, how many objects there are.
pub type ObjectIndex = unsafe extern "C" fn(*mut Canvas, *mut c_void) -> c_int;

/// Pd's function for it, where this host lets externals have it.
pub fn object_index() -> Option<ObjectIndex> {
    static FOUND: OnceLock<Option<ObjectIndex>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let address = look_up(c"glist_getindex");
        // SAFETY: Pd's function of this name has had this signature since it exists.
        (!address.is_null()).then(|| unsafe { std::mem::transmute::<*mut c_void, ObjectIndex>(address) })
    })
}

/// Writes the release in three numbers.
pub type GetVersion = unsafe extern "C" fn(*mut c_int, *mut c_int, *mut c_int);

/// The release of this Pd, where the host lets externals have it.
pub fn version() -> Option<[c_int; 3]> {
    let address = look_up(c"sys_getversion");
    if address.is_null() {
        return None;
    }
    let mut numbers: [c_int; 3] = [0; 3];
    let [major, minor, patch] = &mut numbers;
    // SAFETY: Pd's function of this name has had this signature since it exists; it writes to the three places.
    unsafe {
        std::mem::transmute::<*mut c_void, GetVersion>(address)(major, minor, patch);
    }
    Some(numbers)
}

fn wanted(name: &CStr, text: &'static str) -> Result<*mut c_void, &'static str> {
    let address = look_up(name);
    if address.is_null() { Err(text) } else { Ok(address) }
}

/// An address by its name; null without one. It is looked for in everything that is loaded for all, then where `pd_new`
/// comes from: a host may carry Pd inside a library that is not.
#[cfg(unix)]
pub fn look_up(name: &CStr) -> *mut c_void {
    // SAFETY: a plain search of what is loaded, for a zero-terminated name.
    let address = unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) };
    if !address.is_null() {
        return address;
    }
    // SAFETY: the function fills the place when it succeeds; what is loaded is not loaded again, and stays.
    unsafe {
        let mut place = std::mem::zeroed::<libc::Dl_info>();
        if libc::dladdr(crate::ffi::pd_new as *const c_void, &raw mut place) == 0 || place.dli_fname.is_null()
        {
            return std::ptr::null_mut();
        }
        let module = libc::dlopen(place.dli_fname, libc::RTLD_LAZY | libc::RTLD_NOLOAD);
        if module.is_null() { module } else { libc::dlsym(module, name.as_ptr()) }
    }
}

/// An address by its name; null without one. Pd's functions are in pd.dll, which may pass some of them on to the library that
/// carries Pd: they are looked for there too. An import's own address says nothing, it may be that of a jump in this library.
#[cfg(windows)]
pub fn look_up(name: &CStr) -> *mut c_void {
    const FROM_ADDRESS: u32 = 4;
    const UNCHANGED_COUNT: u32 = 2;
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetModuleHandleA(name: *const c_char) -> *mut c_void;
        fn GetModuleHandleExW(flags: u32, address: *const c_void, module: *mut *mut c_void) -> i32;
        fn GetProcAddress(module: *mut c_void, name: *const c_char) -> *mut c_void;
    }
    // SAFETY: plain questions with zero-terminated names; the flags say that an address within the module is given, and the
    // answer is written to a place that is there. Pd stays loaded.
    unsafe {
        let pd = GetModuleHandleA(c"pd.dll".as_ptr());
        if pd.is_null() {
            return pd;
        }
        let address = GetProcAddress(pd, name.as_ptr());
        if !address.is_null() {
            return address;
        }
        let (within, mut carrier) = (GetProcAddress(pd, c"pd_new".as_ptr()), std::ptr::null_mut());
        if GetModuleHandleExW(FROM_ADDRESS | UNCHANGED_COUNT, within, &raw mut carrier) == 0 {
            return std::ptr::null_mut();
        }
        GetProcAddress(carrier, name.as_ptr())
    }
}
