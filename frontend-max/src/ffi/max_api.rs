//! Functions of MaxAPI.

use std::ffi::{c_char, c_long, c_short, c_void};

use super::types::{
    Atom, AtomArray, AtomLong, Class, Clock, Dictionary, MaxErr, Method, Object, Outlet, Qelem, Symbol,
};

#[cfg_attr(windows, link(name = "MaxAPI", kind = "raw-dylib"))]
unsafe extern "C" {
    pub fn gensym(text: *const c_char) -> *mut Symbol;
    pub fn class_new(
        name: *const c_char,
        new: Method,
        free: Method,
        size: c_long,
        menu: Method,
        kind: c_short,
        ...
    ) -> *mut Class;
    pub fn class_addmethod(class: *mut Class, method: Method, name: *const c_char, ...) -> MaxErr;
    pub fn class_register(namespace: *mut Symbol, class: *mut Class) -> MaxErr;
    pub fn class_addattr(class: *mut Class, attribute: *mut Object) -> MaxErr;
    pub fn class_attr_addattr_parse(
        class: *mut Class,
        attribute: *const c_char,
        name: *const c_char,
        kind: *mut Symbol,
        flags: c_long,
        text: *const c_char,
    ) -> MaxErr;
    pub fn class_attr_addattr_atoms(
        class: *mut Class,
        attribute: *const c_char,
        name: *const c_char,
        kind: *mut Symbol,
        flags: c_long,
        count: c_long,
        atoms: *mut Atom,
    ) -> MaxErr;
    pub fn attr_offset_new(
        name: *const c_char,
        kind: *const Symbol,
        flags: c_long,
        get: Method,
        set: Method,
        offset: c_long,
    ) -> *mut Object;
    pub fn attr_args_offset(count: c_short, atoms: *mut Atom) -> c_long;
    pub fn attr_args_process(owner: *mut c_void, count: c_short, atoms: *mut Atom);
    pub fn proxy_getinlet(owner: *mut Object) -> c_long;
    pub fn object_alloc(class: *mut Class) -> *mut c_void;
    pub fn object_free(object: *mut c_void) -> MaxErr;
    /// What `object_method` is on 64-bit Max: ten arguments, unused ones null.
    pub fn object_method_imp(
        object: *mut c_void,
        message: *mut c_void,
        p1: *mut c_void,
        p2: *mut c_void,
        p3: *mut c_void,
        p4: *mut c_void,
        p5: *mut c_void,
        p6: *mut c_void,
        p7: *mut c_void,
        p8: *mut c_void,
    ) -> *mut c_void;
    /// What `object_new` is on 64-bit Max: ten arguments, unused ones null.
    pub fn object_new_imp(
        namespace: *mut c_void,
        class: *mut c_void,
        p1: *mut c_void,
        p2: *mut c_void,
        p3: *mut c_void,
        p4: *mut c_void,
        p5: *mut c_void,
        p6: *mut c_void,
        p7: *mut c_void,
        p8: *mut c_void,
    ) -> *mut c_void;
    pub fn object_clone(object: *mut Object) -> *mut Object;
    pub fn object_attr_setlong(object: *mut c_void, name: *mut Symbol, value: AtomLong) -> MaxErr;
    pub fn object_attr_setsym(object: *mut c_void, name: *mut Symbol, value: *mut Symbol) -> MaxErr;
    pub fn object_attr_touch(object: *mut Object, name: *mut Symbol) -> MaxErr;
    pub fn atomarray_getatoms(array: *mut AtomArray, count: *mut c_long, atoms: *mut *mut Atom) -> MaxErr;
    pub fn object_obex_store(owner: *mut c_void, key: *mut Symbol, value: *mut Object) -> MaxErr;
    pub fn object_method_typed(
        object: *mut c_void,
        message: *mut Symbol,
        count: c_long,
        atoms: *mut Atom,
        result: *mut Atom,
    ) -> MaxErr;
    pub fn object_post(owner: *mut Object, format: *const c_char, ...);
    pub fn object_error(owner: *mut Object, format: *const c_char, ...);
    pub fn outlet_new(owner: *mut c_void, kind: *const c_char) -> *mut Outlet;
    pub fn outlet_anything(
        outlet: *mut Outlet,
        selector: *mut Symbol,
        count: c_short,
        atoms: *mut Atom,
    ) -> *mut c_void;
    pub fn clock_new(owner: *mut c_void, method: Method) -> *mut Clock;
    pub fn clock_fdelay(clock: *mut Clock, delay_ms: f64);
    pub fn clock_unset(clock: *mut Clock);
    pub fn clock_getftime(time_ms: *mut f64);
    pub fn qelem_new(owner: *mut c_void, method: Method) -> *mut Qelem;
    pub fn qelem_set(qelem: *mut Qelem);
    pub fn qelem_free(qelem: *mut Qelem);
    pub fn systhread_ismainthread() -> c_short;
    pub fn sysmem_newptr(bytes: usize) -> *mut c_void;
    pub fn object_notify(owner: *mut c_void, message: *mut Symbol, data: *mut c_void) -> MaxErr;
    pub fn dictionary_new() -> *mut Dictionary;
    pub fn dictionary_clear(dictionary: *mut Dictionary) -> MaxErr;
    pub fn dictionary_copyunique(to: *mut Dictionary, from: *mut Dictionary) -> MaxErr;
    pub fn dictionary_appendlong(dictionary: *mut Dictionary, key: *mut Symbol, value: AtomLong) -> MaxErr;
    pub fn dictionary_appendfloat(dictionary: *mut Dictionary, key: *mut Symbol, value: f64) -> MaxErr;
    pub fn dictionary_appendsym(dictionary: *mut Dictionary, key: *mut Symbol, value: *mut Symbol) -> MaxErr;
    pub fn dictionary_appendatoms(
        dictionary: *mut Dictionary,
        key: *mut Symbol,
        count: c_long,
        atoms: *mut Atom,
    ) -> MaxErr;
    pub fn dictionary_appenddictionary(
        dictionary: *mut Dictionary,
        key: *mut Symbol,
        value: *mut Object,
    ) -> MaxErr;
    pub fn dictionary_getlong(
        dictionary: *const Dictionary,
        key: *mut Symbol,
        value: *mut AtomLong,
    ) -> MaxErr;
    pub fn dictionary_getstring(
        dictionary: *const Dictionary,
        key: *mut Symbol,
        value: *mut *const c_char,
    ) -> MaxErr;
    pub fn dictionary_getatoms(
        dictionary: *const Dictionary,
        key: *mut Symbol,
        count: *mut c_long,
        atoms: *mut *mut Atom,
    ) -> MaxErr;
    pub fn dictobj_register(dictionary: *mut Dictionary, name: *mut *mut Symbol) -> *mut Dictionary;
    pub fn dictobj_findregistered_retain(name: *mut Symbol) -> *mut Dictionary;
    pub fn dictobj_release(dictionary: *mut Dictionary) -> MaxErr;
    pub fn locatefile_extended(
        name: *mut c_char,
        path: *mut c_short,
        kind: *mut u32,
        kinds: *const u32,
        kind_count: c_short,
    ) -> c_short;
    pub fn path_toabsolutesystempath(path: c_short, name: *const c_char, absolute: *mut c_char) -> MaxErr;
    pub fn path_frompathname(full: *const c_char, path: *mut c_short, name: *mut c_char) -> c_short;
    pub fn fileusage_addfile(list: *mut c_void, flags: c_long, name: *const c_char, path: c_short);
}

/// Makes an object that is no box, for an owner.
///
/// # Safety
/// The class must take an owner and nothing else. Null where there is no such class.
pub unsafe fn object_new(class: &std::ffi::CStr, owner: *mut c_void) -> *mut c_void {
    let none = std::ptr::null_mut();
    // SAFETY: the caller guarantees a class that takes only an owner; unused arguments are null, as Max requires.
    unsafe {
        let (namespace, class) = (gensym(c"nobox".as_ptr()).cast(), gensym(class.as_ptr()).cast());
        object_new_imp(namespace, class, owner, none, none, none, none, none, none, none)
    }
}

/// Sends an object a message with two arguments.
///
/// # Safety
/// The object must be alive and take the message with these arguments.
pub unsafe fn object_method(
    object: *mut c_void,
    message: &std::ffi::CStr,
    first: *mut c_void,
    second: *mut c_void,
) -> *mut c_void {
    let none = std::ptr::null_mut();
    // SAFETY: the caller guarantees that the method takes these arguments; unused ones are null, as Max requires.
    unsafe {
        let message = gensym(message.as_ptr()).cast();
        object_method_imp(object, message, first, second, none, none, none, none, none, none)
    }
}
