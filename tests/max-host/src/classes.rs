//! Classes.

use std::{
    collections::BTreeMap,
    ffi::{c_char, c_int, c_long, c_void},
};

use crate::{
    abi::{A_CANT, Address, GENERIC, OK, Symbol},
    breaches::breach,
    symbols::{name, text},
    threads::MAIN,
    world::{
        class::{Class, Method},
        world,
    },
};

/// Classes are passed around as their number and a mark above it.
const MARK: usize = 0x00C1_A550_0000;

pub fn index(class: *const c_void) -> Option<usize> {
    (class as usize).checked_sub(MARK).filter(|&index| index < 0xFFFF)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn host_class_new(
    class_name: *const c_char,
    new: Address,
    free: Address,
    size: c_long,
    types: *const c_int,
    count: c_long,
) -> *mut c_void {
    MAIN.check("class_new");
    let class = Class {
        name: text(class_name),
        new,
        new_types: std::slice::from_raw_parts(types, count as usize).to_vec(),
        free,
        size: size as usize,
        methods: BTreeMap::new(),
        attributes: BTreeMap::new(),
        is_audio: false,
        registered: false,
    };
    let mut world = world();
    world.classes.push(class);
    (MARK + world.classes.len() - 1) as *mut c_void
}

#[unsafe(no_mangle)]
unsafe extern "C" fn host_class_addmethod(
    class: *mut c_void,
    code: Address,
    method: *const c_char,
    types: *const c_int,
    count: c_long,
) -> isize {
    MAIN.check("class_addmethod");
    let (name, types) = (text(method), std::slice::from_raw_parts(types, count as usize).to_vec());
    if types.contains(&A_CANT) && types.len() > 1 {
        breach(format!("{name}: A_CANT stands alone"));
    }
    if matches!(name.as_str(), "signal" | "userconnect" | "nsiginlets" | "enable") {
        breach(format!("the method {name} belongs to class_dspinit"));
    }
    with_class(class, |class| {
        if class.registered {
            return GENERIC;
        }
        class.methods.insert(name, Method { code, types });
        OK
    })
}

pub fn with_class(class: *const c_void, work: impl FnOnce(&mut Class) -> isize) -> isize {
    let mut world = world();
    let class = index(class).and_then(|index| world.classes.get_mut(index));
    let result = class.map_or(GENERIC, work);
    drop(world);
    if result != OK {
        breach("a class is changed that is none, or is registered already".into());
    }
    result
}

#[unsafe(no_mangle)]
unsafe extern "C" fn class_register(namespace: *mut Symbol, class: *mut c_void) -> isize {
    MAIN.check("class_register");
    let namespace = name(namespace);
    if !matches!(namespace.as_str(), "box" | "nobox") {
        breach(format!("class_register: no namespace {namespace}"));
    }
    with_class(class, |class| {
        class.registered = true;
        OK
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn class_findbyname(_namespace: *mut Symbol, class: *mut Symbol) -> *mut c_void {
    let class = name(class);
    let found = world().classes.iter().position(|known| known.registered && known.name == class);
    found.map_or(std::ptr::null_mut(), |index| (MARK + index) as *mut c_void)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn class_dspinit(class: *mut c_void) {
    MAIN.check("class_dspinit");
    with_class(class, |class| {
        class.is_audio = true;
        OK
    });
}

crate::keep!(host_class_new, host_class_addmethod, class_register, class_findbyname, class_dspinit);
