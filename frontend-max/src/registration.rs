//! How a class of boxes is made known to Max.
#![allow(unsafe_code)]

use std::{
    ffi::{CStr, c_long},
    mem::size_of,
};

use crate::{
    collective::file_usage,
    ffi,
    hints::assist,
    max_box::{Instance, MaxBox, free},
    messages::{anything, bang, double_click, window_closed},
};

/// Makes a class of boxes with what all of them have; `more` adds the rest. Null when Max gives none.
///
/// # Safety
/// On Max's main thread; `new` makes such boxes, with the signature that Max calls it with.
pub unsafe fn make_class<B: MaxBox>(
    name: &CStr,
    new: ffi::Method,
    more: impl FnOnce(*mut ffi::Class),
) -> *mut ffi::Class {
    // SAFETY: plain registration calls of Max; the functions have the signatures that Max calls them with, and the
    // argument lists end with A_NOTHING.
    unsafe {
        let class = ffi::class_new(
            name.as_ptr(),
            new,
            free::<B> as ffi::Method,
            size_of::<Instance<B>>() as c_long,
            std::ptr::null(),
            ffi::A_GIMME as _,
            ffi::A_NOTHING,
        );
        if class.is_null() {
            return class;
        }
        let add = |method: ffi::Method, name: &CStr, kind: i32| {
            ffi::class_addmethod(class, method, name.as_ptr(), kind, ffi::A_NOTHING)
        };
        add(assist::<B> as _, c"assist", ffi::A_CANT);
        add(double_click::<B> as _, c"dblclick", ffi::A_CANT);
        add(window_closed::<B> as _, c"edclose", ffi::A_CANT);
        add(file_usage::<B> as _, c"fileusage", ffi::A_CANT);
        ffi::class_addmethod(class, bang::<B> as _, c"bang".as_ptr(), ffi::A_NOTHING);
        add(anything::<B> as _, c"list", ffi::A_GIMME);
        add(anything::<B> as _, c"anything", ffi::A_GIMME);
        more(class);
        ffi::class_register(ffi::gensym(c"box".as_ptr()), class);
        class
    }
}
