//! Symbols: one for each text, for ever.

use std::{
    collections::HashMap,
    ffi::{CStr, CString, c_char},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use parking_lot::Mutex;

use crate::{abi::Symbol, threads::ANYWHERE_BUT_AUDIO};

fn table() -> &'static Mutex<HashMap<CString, usize>> {
    static TABLE: OnceLock<Mutex<HashMap<CString, usize>>> = OnceLock::new();
    TABLE.get_or_init(Mutex::default)
}

pub fn symbol_of(text: &CStr) -> *mut Symbol {
    let mut table = table().lock();
    let address = *table.entry(text.to_owned()).or_insert_with_key(|text| {
        let name = text.clone().into_raw();
        Box::into_raw(Box::new(Symbol { name, thing: std::ptr::null_mut() })) as usize
    });
    address as *mut Symbol
}

pub fn symbol(text: &str) -> *mut Symbol {
    symbol_of(&CString::new(text).expect("no zero bytes"))
}

pub unsafe fn name(symbol: *const Symbol) -> String {
    if symbol.is_null() { String::new() } else { text((*symbol).name) }
}

pub unsafe fn text(text: *const c_char) -> String {
    if text.is_null() { String::new() } else { CStr::from_ptr(text).to_string_lossy().into_owned() }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn gensym(text: *const c_char) -> *mut Symbol {
    ANYWHERE_BUT_AUDIO.check("gensym");
    symbol_of(CStr::from_ptr(text))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn gensym_tr(text: *const c_char) -> *mut Symbol {
    gensym(text)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn str_tr(text: *const c_char) -> *const c_char {
    text
}

#[unsafe(no_mangle)]
pub extern "C" fn symbol_unique() -> *mut Symbol {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    ANYWHERE_BUT_AUDIO.check("symbol_unique");
    symbol(&format!("u{:09}", NEXT.fetch_add(1, Relaxed)))
}

crate::keep!(gensym, gensym_tr, str_tr, symbol_unique);
