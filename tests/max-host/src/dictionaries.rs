//! Dictionaries, by pointer and by name.

use std::ffi::{c_char, c_long, c_void};

use crate::{
    abi::{Address, Atom, GENERIC, OK, RawAtom, Symbol, joined},
    atoms::{all_from_raw, all_to_raw},
    breaches::breach,
    memory::{sysmem_freeptr, sysmem_newptr},
    symbols::{name, symbol, symbol_unique, text},
    threads::MAIN,
    world::{
        dictionary::{Dictionary, Value},
        world,
    },
};

/// As text, for tests: `key: value` or `key: { ... }`, in order.
pub fn shown(address: Address) -> String {
    let entries = world().dictionaries.get(&address).map(|d| d.entries.clone()).unwrap_or_default();
    let show = |(key, value): (String, Value)| match value {
        Value::Atoms(atoms) => format!("{key}: {}", joined(&atoms)),
        Value::Dictionary(child) => format!("{key}: {{ {} }}", shown(child)),
    };
    entries.into_iter().map(show).collect::<Vec<_>>().join(", ")
}

pub fn named(wanted: &str) -> Option<Address> {
    world().dictionaries.iter().find(|(_, d)| d.name.as_deref() == Some(wanted)).map(|(&address, _)| address)
}

pub fn free(address: Address) {
    let removed = world().dictionaries.remove(&address);
    let Some(removed) = removed else { return };
    if removed.owned {
        breach("a dictionary is freed that belongs to another one".into());
    }
    free_entries(removed.entries);
}

fn free_entries(entries: Vec<(String, Value)>) {
    for (_, value) in entries {
        if let Value::Dictionary(child) = value {
            let child = world().dictionaries.remove(&child);
            free_entries(child.map(|child| child.entries).unwrap_or_default());
        }
    }
}

/// At the end: frees one unless it belongs to another, which does it.
pub fn free_root(address: Address) {
    let owned = world().dictionaries.get(&address).is_none_or(|dictionary| dictionary.owned);
    if !owned {
        free(address);
    }
}

/// Messages to a dictionary: none is needed yet, but it is one.
pub fn method(address: Address, _message: &str) -> Option<*mut c_void> {
    world().dictionaries.contains_key(&address).then_some(std::ptr::null_mut())
}

fn with<R>(dictionary: *const c_void, neutral: R, work: impl FnOnce(&mut Dictionary) -> R) -> R {
    MAIN.check("a dictionary");
    let mut locked = world();
    if let Some(found) = locked.dictionaries.get_mut(&(dictionary as Address)) {
        return work(found);
    }
    drop(locked);
    breach("a dictionary that is none, or is freed".into());
    neutral
}

fn put(dictionary: *mut c_void, key: *mut Symbol, value: Value) -> isize {
    let key = unsafe { name(key) };
    let old = with(dictionary, None, |d| {
        let old = d.entries.iter_mut().find(|(known, _)| *known == key);
        match old {
            Some((_, place)) => Some(std::mem::replace(place, value)),
            None => {
                d.entries.push((key, value));
                None
            }
        }
    });
    free_entries(old.map(|old| (String::new(), old)).into_iter().collect());
    OK
}

/// A value of a dictionary.
pub fn take(dictionary: *const c_void, key: *mut Symbol) -> Option<Value> {
    let key = unsafe { name(key) };
    with(dictionary, None, |d| d.entries.iter().find(|(known, _)| *known == key).map(|(_, v)| v.clone()))
}

fn first(dictionary: *const c_void, key: *mut Symbol) -> Option<Atom> {
    match take(dictionary, key)? {
        Value::Atoms(atoms) => atoms.first().cloned(),
        Value::Dictionary(_) => None,
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn dictionary_new() -> *mut c_void {
    MAIN.check("dictionary_new");
    let address = unsafe { libc::calloc(1, 64) } as Address;
    world().dictionaries.insert(address, Dictionary::default());
    address as *mut c_void
}

#[unsafe(no_mangle)]
pub extern "C" fn dictionary_clear(dictionary: *mut c_void) -> isize {
    let entries = with(dictionary, Vec::new(), |d| std::mem::take(&mut d.entries));
    free_entries(entries);
    OK
}

/// What the other has and this one has not.
#[unsafe(no_mangle)]
pub extern "C" fn dictionary_copyunique(to: *mut c_void, from: *mut c_void) -> isize {
    let entries = with(from, Vec::new(), |d| d.entries.clone());
    for (key, value) in entries {
        let known = with(to, true, |d| d.entries.iter().any(|(known, _)| *known == key));
        if !known {
            put(to, symbol(&key), copied(&value));
        }
    }
    OK
}

fn copied(value: &Value) -> Value {
    let Value::Dictionary(child) = value else { return value.clone() };
    let entries = world().dictionaries.get(child).map(|d| d.entries.clone()).unwrap_or_default();
    let entries = entries.iter().map(|(key, value)| (key.clone(), copied(value))).collect();
    let address = dictionary_new() as Address;
    world().dictionaries.insert(address, Dictionary { entries, owned: true, ..Dictionary::default() });
    Value::Dictionary(address)
}

#[unsafe(no_mangle)]
extern "C" fn dictionary_appendlong(d: *mut c_void, key: *mut Symbol, value: isize) -> isize {
    put(d, key, Value::Atoms(vec![Atom::Int(value as i64)]))
}

#[unsafe(no_mangle)]
extern "C" fn dictionary_appendfloat(d: *mut c_void, key: *mut Symbol, value: f64) -> isize {
    put(d, key, Value::Atoms(vec![Atom::Float(value)]))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn dictionary_appendsym(d: *mut c_void, key: *mut Symbol, value: *mut Symbol) -> isize {
    put(d, key, Value::Atoms(vec![Atom::Symbol(name(value))]))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn dictionary_appendstring(
    d: *mut c_void,
    key: *mut Symbol,
    value: *const c_char,
) -> isize {
    put(d, key, Value::Atoms(vec![Atom::Symbol(text(value))]))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn dictionary_appendatoms(
    d: *mut c_void,
    key: *mut Symbol,
    count: c_long,
    atoms: *const RawAtom,
) -> isize {
    put(d, key, Value::Atoms(all_from_raw(count as usize, atoms)))
}

#[unsafe(no_mangle)]
extern "C" fn dictionary_appenddictionary(d: *mut c_void, key: *mut Symbol, value: *mut c_void) -> isize {
    let twice = with(value, false, |child| std::mem::replace(&mut child.owned, true));
    if twice {
        breach("a dictionary is put into two others".into());
    }
    put(d, key, Value::Dictionary(value as Address))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn dictionary_getlong(d: *const c_void, key: *mut Symbol, value: *mut isize) -> isize {
    match first(d, key) {
        Some(Atom::Int(number)) => *value = number as isize,
        Some(Atom::Float(number)) => *value = number as isize,
        _ => return GENERIC,
    }
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn dictionary_getsym(d: *const c_void, key: *mut Symbol, value: *mut *mut Symbol) -> isize {
    let Some(Atom::Symbol(word)) = first(d, key) else { return GENERIC };
    *value = symbol(&word);
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn dictionary_getdictionary(
    d: *const c_void,
    key: *mut Symbol,
    value: *mut *mut c_void,
) -> isize {
    let Some(Value::Dictionary(child)) = take(d, key) else { return GENERIC };
    *value = child as *mut c_void;
    OK
}

/// The memory is lent until the end of the test.
#[unsafe(no_mangle)]
unsafe extern "C" fn dictionary_getstring(
    d: *const c_void,
    key: *mut Symbol,
    value: *mut *const c_char,
) -> isize {
    let Some(Atom::Symbol(word)) = first(d, key) else { return GENERIC };
    *value = std::ffi::CString::new(word).expect("no zero bytes").into_raw();
    OK
}

/// The memory is lent until the end of the test.
#[unsafe(no_mangle)]
unsafe extern "C" fn dictionary_getatoms(
    d: *const c_void,
    key: *mut Symbol,
    count: *mut c_long,
    atoms: *mut *mut RawAtom,
) -> isize {
    let Some(Value::Atoms(values)) = take(d, key) else { return GENERIC };
    *count = values.len() as c_long;
    *atoms = Box::leak(all_to_raw(&values).into_boxed_slice()).as_mut_ptr();
    OK
}

#[unsafe(no_mangle)]
extern "C" fn dictionary_hasentry(d: *const c_void, key: *mut Symbol) -> c_long {
    take(d, key).is_some().into()
}

#[unsafe(no_mangle)]
extern "C" fn dictionary_getentrycount(d: *const c_void) -> isize {
    with(d, 0, |d| d.entries.len() as isize)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn dictionary_getkeys(
    d: *const c_void,
    count: *mut c_long,
    keys: *mut *mut *mut Symbol,
) -> isize {
    let found: Vec<_> = with(d, Vec::new(), |d| d.entries.iter().map(|(key, _)| symbol(key)).collect());
    let memory = sysmem_newptr((found.len() * size_of::<*mut Symbol>()) as isize).cast::<*mut Symbol>();
    std::ptr::copy_nonoverlapping(found.as_ptr(), memory, found.len());
    (*count, *keys) = (found.len() as c_long, memory);
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn dictionary_freekeys(_d: *mut c_void, _count: c_long, keys: *mut *mut Symbol) {
    sysmem_freeptr(keys.cast());
}

#[unsafe(no_mangle)]
extern "C" fn dictionary_deleteentry(d: *mut c_void, key: *mut Symbol) -> isize {
    let key = unsafe { name(key) };
    let removed = with(d, None, |d| {
        let at = d.entries.iter().position(|(known, _)| *known == key)?;
        Some(d.entries.remove(at))
    });
    let found = removed.is_some();
    free_entries(removed.into_iter().collect());
    if found { OK } else { GENERIC }
}

/// Gives a dictionary a name; one that is taken already gives its owner's.
#[unsafe(no_mangle)]
unsafe extern "C" fn dictobj_register(d: *mut c_void, wanted: *mut *mut Symbol) -> *mut c_void {
    MAIN.check("dictobj_register");
    if (*wanted).is_null() {
        *wanted = symbol_unique();
    }
    let wanted = name(*wanted);
    if let Some(known) = named(&wanted) {
        if known != d as Address {
            free(d as Address);
        }
        return known as *mut c_void;
    }
    with(d, (), |d| d.name = Some(wanted));
    d
}

#[unsafe(no_mangle)]
extern "C" fn dictobj_unregister(d: *mut c_void) -> isize {
    with(d, (), |d| d.name = None);
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn dictobj_findregistered_retain(wanted: *mut Symbol) -> *mut c_void {
    MAIN.check("dictobj_findregistered_retain");
    let Some(found) = named(&name(wanted)) else { return std::ptr::null_mut() };
    with(found as *const c_void, (), |d| d.retained += 1);
    found as *mut c_void
}

#[unsafe(no_mangle)]
extern "C" fn dictobj_release(d: *mut c_void) -> isize {
    let balanced = with(d, false, |d| {
        let balanced = d.retained > 0;
        d.retained = d.retained.saturating_sub(1);
        balanced
    });
    if !balanced {
        breach("dictobj_release without dictobj_findregistered_retain".into());
    }
    OK
}

#[unsafe(no_mangle)]
extern "C" fn dictobj_namefromptr(d: *mut c_void) -> *mut Symbol {
    let name = with(d, None, |d| d.name.clone());
    name.map_or(std::ptr::null_mut(), |name| symbol(&name))
}

/// Puts atoms into a dictionary.
pub fn put_atoms(dictionary: *mut c_void, key: &str, atoms: Vec<Atom>) {
    put(dictionary, symbol(key), Value::Atoms(atoms));
}

/// Puts a dictionary into another, which then owns it.
pub fn append_child(dictionary: *mut c_void, key: &str, child: *mut c_void) {
    dictionary_appenddictionary(dictionary, symbol(key), child);
}

/// All of a dictionary, in order.
pub fn entries(dictionary: *const c_void) -> Vec<(String, Value)> {
    with(dictionary, Vec::new(), |d| d.entries.clone())
}

/// Makes a dictionary for a test.
pub fn make(wanted: &str, entries: &[(&str, Vec<Atom>)]) {
    let d = dictionary_new();
    for (key, atoms) in entries {
        put(d, symbol(key), Value::Atoms(atoms.clone()));
    }
    with(d, (), |d| d.name = Some(wanted.to_owned()));
}

crate::keep!(
    dictionary_new,
    dictionary_clear,
    dictionary_copyunique,
    dictionary_appendlong,
    dictionary_appendfloat,
    dictionary_appendsym,
    dictionary_appendstring,
    dictionary_appendatoms,
    dictionary_appenddictionary,
    dictionary_getlong,
    dictionary_getsym,
    dictionary_getstring,
    dictionary_getdictionary,
    dictionary_getatoms,
    dictionary_hasentry,
    dictionary_getentrycount,
    dictionary_getkeys,
    dictionary_freekeys,
    dictionary_deleteentry,
    dictobj_register,
    dictobj_unregister,
    dictobj_findregistered_retain,
    dictobj_release,
    dictobj_namefromptr
);
