//! Atom arrays, by pointer and, from Max 8.6 on, by name. Memory of a freed one is spoilt and never used again.

use std::{
    ffi::{c_long, c_void},
    sync::OnceLock,
};

use libloading::os::unix::Library;

use crate::{
    abi::{Address, Atom, AtomArray, GENERIC, MAGIC, OK, Object, RawAtom, Symbol},
    atoms::all_to_raw,
    breaches::breach,
    max::Max,
    memory::sysmem_newptr,
    symbols::{name, symbol, symbol_unique},
    threads::{MAIN, MAIN_OR_SCHEDULER},
    world::{array::Array, world},
};

/// The library with what only newer versions of Max have; none in a process with an older one. What has been found in it
/// once, the system keeps.
static NEWER: OnceLock<Option<Library>> = OnceLock::new();

/// Makes every Max of this process one of before 8.6: its newer functions are not there. To be called before the first.
///
/// # Panics
/// When there was one already.
pub fn grow_old() {
    assert!(NEWER.set(None).is_ok(), "before the first Max");
}

/// Opens what newer versions have, unless this is an older one.
pub fn open_newer() {
    NEWER.get_or_init(|| {
        let file = env!("MAX_HOST_NEWER");
        let opened = unsafe { Library::open(Some(file), libc::RTLD_NOW | libc::RTLD_GLOBAL) };
        Some(opened.unwrap_or_else(|error| panic!("{file}: {error}")))
    });
}

unsafe fn atoms<'a>(array: *mut c_void) -> &'a mut [RawAtom] {
    let array = &*array.cast::<AtomArray>();
    if array.count == 0 { &mut [] } else { std::slice::from_raw_parts_mut(array.atoms, array.count as usize) }
}

/// The old memory stays, spoilt: who still has its address reads nonsense.
unsafe fn replace(array: *mut c_void, new: &[RawAtom]) {
    let old = atoms(array);
    libc::memset(old.as_mut_ptr().cast(), 0xDD, size_of_val(old));
    let memory = Box::leak(new.to_vec().into_boxed_slice());
    let array = &mut *array.cast::<AtomArray>();
    (array.count, array.atoms) = (memory.len() as c_long, memory.as_mut_ptr());
}

unsafe fn make(new: &[RawAtom], known: Array) -> *mut c_void {
    let object = Object {
        messages: std::ptr::null_mut(),
        magic: MAGIC,
        inlet: std::ptr::null_mut(),
        outlet: std::ptr::null_mut(),
    };
    let array = AtomArray { object, count: 0, atoms: std::ptr::null_mut(), flags: 0 };
    let array: *mut c_void = Box::into_raw(Box::new(array)).cast();
    replace(array, new);
    world().arrays.insert(array as Address, known);
    array
}

/// An array that nobody has to free: a value of a dictionary.
pub unsafe fn lent(values: &[RawAtom]) -> Address {
    make(values, Array { of_test: true, ..Array::default() }) as Address
}

fn is_one(array: *const c_void) -> bool {
    let known = world().arrays.contains_key(&(array as Address));
    if !known {
        breach("an atom array that is none, or is freed".into());
    }
    known
}

/// True when it was one.
pub unsafe fn free(address: Address) -> bool {
    let Some(known) = world().arrays.remove(&address) else { return false };
    if known.retained > 0 {
        breach("an atom array is freed while it is retained".into());
    }
    replace(address as *mut c_void, &[]);
    libc::memset(address as *mut c_void, 0xDD, size_of::<AtomArray>());
    true
}

fn named(wanted: &str) -> Option<Address> {
    world().arrays.iter().find(|(_, a)| a.name.as_deref() == Some(wanted)).map(|(&address, _)| address)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atomarray_new(count: c_long, from: *const RawAtom) -> *mut c_void {
    MAIN_OR_SCHEDULER.check("atomarray_new");
    let new = if from.is_null() { &[] } else { std::slice::from_raw_parts(from, count as usize) };
    make(new, Array::default())
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atomarray_getsize(array: *mut c_void) -> isize {
    if is_one(array) { atoms(array).len() as isize } else { 0 }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atomarray_getindex(array: *mut c_void, index: c_long, to: *mut RawAtom) -> isize {
    let found = is_one(array).then(|| atoms(array).get(index as usize)).flatten();
    found.map_or(GENERIC, |atom| {
        *to = *atom;
        OK
    })
}

/// Lends the array's own atoms.
#[unsafe(no_mangle)]
unsafe extern "C" fn atomarray_getatoms(
    array: *mut c_void,
    count: *mut c_long,
    to: *mut *mut RawAtom,
) -> isize {
    if !is_one(array) {
        return GENERIC;
    }
    let atoms = atoms(array);
    (*count, *to) = (atoms.len() as c_long, atoms.as_mut_ptr());
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atomarray_copyatoms(
    array: *mut c_void,
    count: *mut c_long,
    to: *mut *mut RawAtom,
) -> isize {
    if !is_one(array) {
        return GENERIC;
    }
    let atoms = atoms(array);
    let memory = sysmem_newptr(size_of_val(atoms) as isize).cast::<RawAtom>();
    std::ptr::copy_nonoverlapping(atoms.as_ptr(), memory, atoms.len());
    (*count, *to) = (atoms.len() as c_long, memory);
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atomarray_setatoms(array: *mut c_void, count: c_long, from: *const RawAtom) -> isize {
    if !is_one(array) {
        return GENERIC;
    }
    replace(array, std::slice::from_raw_parts(from, count as usize));
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atomarray_appendatom(array: *mut c_void, atom: *const RawAtom) {
    if is_one(array) {
        let mut all = atoms(array).to_vec();
        all.push(*atom);
        replace(array, &all);
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atomarray_clear(array: *mut c_void) {
    if is_one(array) {
        replace(array, &[]);
    }
}

/// Of the objects that can be cloned this host has arrays.
#[unsafe(no_mangle)]
unsafe extern "C" fn object_clone(object: *mut c_void) -> *mut c_void {
    MAIN.check("object_clone");
    if is_one(object) { make(atoms(object), Array::default()) } else { std::ptr::null_mut() }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn host_arrayobj_register(array: *mut c_void, wanted: *mut *mut Symbol) -> *mut c_void {
    MAIN.check("arrayobj_register");
    if (*wanted).is_null() {
        *wanted = symbol_unique();
    }
    let wanted = name(*wanted);
    if let Some(known) = named(&wanted) {
        return known as *mut c_void;
    }
    if let Some(known) = world().arrays.get_mut(&(array as Address)) {
        known.name = Some(wanted);
    }
    array
}

#[unsafe(no_mangle)]
unsafe extern "C" fn host_arrayobj_unregister(array: *mut c_void) -> isize {
    MAIN.check("arrayobj_unregister");
    if let Some(known) = world().arrays.get_mut(&(array as Address)) {
        known.name = None;
    }
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn host_arrayobj_findregistered_retain(wanted: *mut Symbol) -> *mut c_void {
    MAIN.check("arrayobj_findregistered_retain");
    let Some(found) = named(&name(wanted)) else { return std::ptr::null_mut() };
    if let Some(known) = world().arrays.get_mut(&found) {
        known.retained += 1;
    }
    found as *mut c_void
}

#[unsafe(no_mangle)]
unsafe extern "C" fn host_arrayobj_findregistered_clone(wanted: *mut Symbol) -> *mut c_void {
    MAIN.check("arrayobj_findregistered_clone");
    named(&name(wanted)).map_or(std::ptr::null_mut(), |found| object_clone(found as *mut c_void))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn host_arrayobj_release(array: *mut c_void) -> isize {
    MAIN.check("arrayobj_release");
    let balanced = world().arrays.get_mut(&(array as Address)).is_some_and(|known| {
        let balanced = known.retained > 0;
        known.retained = known.retained.saturating_sub(1);
        balanced
    });
    if !balanced {
        breach("arrayobj_release without arrayobj_findregistered_retain".into());
    }
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn host_arrayobj_namefromptr(array: *mut c_void) -> *mut Symbol {
    let name = world().arrays.get(&(array as Address)).and_then(|known| known.name.clone());
    name.map_or(std::ptr::null_mut(), |name| symbol(&name))
}

impl Max {
    /// An `[array]` of this name, or other values in it.
    pub fn array(&self, name: &str, values: &[Atom]) {
        let values = all_to_raw(values);
        match named(name) {
            Some(known) => unsafe { replace(known as *mut c_void, &values) },
            None => unsafe {
                make(&values, Array { name: Some(name.to_owned()), of_test: true, ..Array::default() });
            },
        }
    }

    /// Deletes an `[array]`.
    ///
    /// # Panics
    /// When there is none of that name.
    pub fn delete_array(&self, name: &str) {
        unsafe { free(named(name).expect("an array of that name")) };
    }
}

crate::keep!(
    atomarray_new,
    atomarray_getsize,
    atomarray_getindex,
    atomarray_getatoms,
    atomarray_copyatoms,
    atomarray_setatoms,
    atomarray_appendatom,
    atomarray_clear,
    object_clone,
    host_arrayobj_register,
    host_arrayobj_unregister,
    host_arrayobj_findregistered_retain,
    host_arrayobj_findregistered_clone,
    host_arrayobj_release,
    host_arrayobj_namefromptr
);
