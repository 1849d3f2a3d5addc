//! Attributes: of classes, read and written by patches.

use std::ffi::{c_char, c_long, c_short, c_void};

use crate::{
    abi::{Address, Atom, GENERIC, OK, RawAtom, Symbol, joined},
    atoms::{all_from_raw, all_to_raw, atom_getfloat, atom_getlong, atom_getsym},
    attribute_values::{get, handle, store},
    breaches::breach,
    classes::{index, with_class},
    editors, inspector,
    memory::sysmem_newptr,
    ports,
    storage::KINDS,
    symbols::{name, symbol, text},
    threads::{MAIN, MAIN_OR_SCHEDULER},
    world::{
        class::{Array, Attribute},
        line::Line,
        world,
    },
};

/// An attribute that no class has yet.
struct Loose {
    name: String,
    attribute: Attribute,
}

#[unsafe(no_mangle)]
unsafe extern "C" fn attr_offset_new(
    attribute: *const c_char,
    kind: *const Symbol,
    _flags: c_long,
    get: Address,
    set: Address,
    offset: c_long,
) -> *mut c_void {
    MAIN.check("attr_offset_new");
    let kind = name(kind);
    if !KINDS.contains(&kind.as_str()) {
        breach(format!("attr_offset_new: no type {kind}"));
    }
    let attribute_ = Attribute { kind, get, set, offset: offset as usize, ..Attribute::default() };
    Box::into_raw(Box::new(Loose { name: text(attribute), attribute: attribute_ })).cast()
}

/// Up to `most` values, how many stands at another place of the object (0: always all).
#[unsafe(no_mangle)]
unsafe extern "C" fn attr_offset_array_new(
    attribute: *const c_char,
    kind: *const Symbol,
    most: c_long,
    flags: c_long,
    get: Address,
    set: Address,
    count_offset: c_long,
    offset: c_long,
) -> *mut c_void {
    let made = attr_offset_new(attribute, kind, flags, get, set, offset);
    let array = Array { most: most.max(0) as usize, count_offset: count_offset as usize };
    (*made.cast::<Loose>()).attribute.array = Some(array);
    made
}

#[unsafe(no_mangle)]
unsafe extern "C" fn class_addattr(class: *mut c_void, attribute: *mut c_void) -> isize {
    MAIN.check("class_addattr");
    let Loose { name, attribute } = *Box::from_raw(attribute.cast::<Loose>());
    with_class(class, |class| {
        class.attributes.insert(name, attribute);
        OK
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn class_attr_get(class: *mut c_void, attribute: *mut Symbol) -> *mut c_void {
    index(class).map_or(std::ptr::null_mut(), |class| handle(class, &name(attribute)))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn host_attr_addattr(
    class: *mut c_void,
    attribute: *const c_char,
    look: *const c_char,
    value: *const c_char,
) -> isize {
    MAIN.check("class_attr_addattr");
    let (attribute, look, value) = (text(attribute), text(look), text(value));
    with_class(class, |class| match class.attributes.get_mut(&attribute) {
        Some(attribute) => {
            attribute.looks.insert(look, value);
            OK
        }
        None => GENERIC,
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn class_attr_addattr_parse(
    class: *mut c_void,
    attribute: *const c_char,
    look: *const c_char,
    _kind: *mut Symbol,
    _flags: c_long,
    value: *const c_char,
) -> isize {
    host_attr_addattr(class, attribute, look, value)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn class_attr_addattr_atoms(
    class: *mut c_void,
    attribute: *const c_char,
    look: *const c_char,
    _kind: *mut Symbol,
    _flags: c_long,
    count: c_long,
    atoms: *mut RawAtom,
) -> isize {
    let value = joined(&all_from_raw(count as usize, atoms));
    let value = std::ffi::CString::new(value).unwrap_or_default();
    host_attr_addattr(class, attribute, look, value.as_ptr())
}

#[unsafe(no_mangle)]
unsafe extern "C" fn attr_addfilter_clip(
    attribute: *mut c_void,
    low: f64,
    high: f64,
    use_low: c_long,
    use_high: c_long,
) -> isize {
    let mut world = world();
    let Some((class, name)) = world.attributes.get(&(attribute as Address)).cloned() else { return GENERIC };
    let Some(attribute) = world.classes[class].attributes.get_mut(&name) else { return GENERIC };
    attribute.clip = ((use_low != 0).then_some(low), (use_high != 0).then_some(high));
    OK
}

/// Messages to an attribute object.
pub unsafe fn method(object: Address, message: &str, p: [*mut c_void; 8]) -> Option<*mut c_void> {
    let mut world = world();
    let (class, attribute) = world.attributes.get(&object).cloned()?;
    let found = world.classes[class].attributes.get_mut(&attribute)?;
    let answer = match message {
        "getname" => symbol(&attribute).cast(),
        "gettype" => symbol(&found.kind).cast(),
        "setmethod" => {
            match name(p[0].cast()).as_str() {
                "get" => found.get = p[1] as Address,
                "set" => found.set = p[1] as Address,
                _ => {}
            }
            std::ptr::null_mut()
        }
        _ => std::ptr::null_mut(),
    };
    Some(answer)
}

/// Writes an attribute of an object.
pub unsafe fn set(object: Address, attribute: &str, atoms: &[Atom]) -> isize {
    if let Some(set) = editors::set(object, attribute, atoms) {
        return set;
    }
    let result = store(object, attribute, atoms);
    if result == OK {
        inspector::refresh(object, attribute);
    }
    result
}

/// The message `getNAME`: the answer leaves the outlet for it. False when there is no such attribute.
pub unsafe fn tell(object: Address, attribute: &str) -> bool {
    let Some(values) = get(object, attribute) else { return false };
    let outlet = world().instances.get(&object).and_then(|i| i.obex.get("dumpout").copied());
    if let Some(outlet) = outlet {
        ports::tell(outlet, attribute.to_owned(), values);
    }
    true
}

/// How many arguments stand before the first `@`.
unsafe fn positional(count: c_short, atoms: *const RawAtom) -> usize {
    let atoms = all_from_raw(count.max(0) as usize, atoms);
    let is_name = |atom: &Atom| matches!(atom, Atom::Symbol(word) if word.len() > 1 && word.starts_with('@'));
    atoms.iter().position(is_name).unwrap_or(atoms.len())
}

#[unsafe(no_mangle)]
unsafe extern "C" fn attr_args_offset(count: c_short, atoms: *const RawAtom) -> c_long {
    positional(count, atoms) as c_long
}

#[unsafe(no_mangle)]
unsafe extern "C" fn attr_args_process(object: *mut c_void, count: c_short, atoms: *const RawAtom) {
    MAIN.check("attr_args_process");
    let all = all_from_raw(count.max(0) as usize, atoms);
    let mut rest = &all[positional(count, atoms)..];
    while let [Atom::Symbol(word), after @ ..] = rest {
        let is_name = |atom: &Atom| matches!(atom, Atom::Symbol(w) if w.len() > 1 && w.starts_with('@'));
        let end = after.iter().position(is_name).unwrap_or(after.len());
        let name = word.trim_start_matches('@');
        if set(object as Address, name, &after[..end]) == GENERIC {
            world().console.push(Line::Error(format!("no attribute {name}")));
        }
        rest = &after[end..];
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_attr_getlong(object: *mut c_void, attribute: *mut Symbol) -> isize {
    MAIN_OR_SCHEDULER.check("object_attr_getlong");
    let values = get(object as Address, &name(attribute)).unwrap_or_default();
    all_to_raw(&values).first().map_or(0, |atom| atom_getlong(atom))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_attr_getfloat(object: *mut c_void, attribute: *mut Symbol) -> f64 {
    MAIN_OR_SCHEDULER.check("object_attr_getfloat");
    let values = get(object as Address, &name(attribute)).unwrap_or_default();
    all_to_raw(&values).first().map_or(0.0, |atom| atom_getfloat(atom))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_attr_getsym(object: *mut c_void, attribute: *mut Symbol) -> *mut Symbol {
    MAIN_OR_SCHEDULER.check("object_attr_getsym");
    let values = get(object as Address, &name(attribute)).unwrap_or_default();
    all_to_raw(&values).first().map_or(symbol(""), |atom| atom_getsym(atom))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_attr_setlong(object: *mut c_void, attribute: *mut Symbol, value: isize) -> isize {
    MAIN_OR_SCHEDULER.check("object_attr_setlong");
    set(object as Address, &name(attribute), &[Atom::Int(value as i64)])
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_attr_setfloat(object: *mut c_void, attribute: *mut Symbol, value: f64) -> isize {
    MAIN_OR_SCHEDULER.check("object_attr_setfloat");
    set(object as Address, &name(attribute), &[Atom::Float(value)])
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_attr_setsym(
    object: *mut c_void,
    attribute: *mut Symbol,
    value: *mut Symbol,
) -> isize {
    MAIN_OR_SCHEDULER.check("object_attr_setsym");
    set(object as Address, &name(attribute), &[Atom::Symbol(name(value))])
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_attr_getvalueof(
    object: *mut c_void,
    attribute: *mut Symbol,
    count: *mut c_long,
    atoms: *mut *mut RawAtom,
) -> isize {
    MAIN_OR_SCHEDULER.check("object_attr_getvalueof");
    let Some(values) = get(object as Address, &name(attribute)) else { return GENERIC };
    let raw = all_to_raw(&values);
    if (*atoms).is_null() {
        *atoms = sysmem_newptr((raw.len() * size_of::<RawAtom>()) as isize).cast();
    }
    std::ptr::copy_nonoverlapping(raw.as_ptr(), *atoms, raw.len());
    *count = raw.len() as c_long;
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_attr_setvalueof(
    object: *mut c_void,
    attribute: *mut Symbol,
    count: c_long,
    atoms: *const RawAtom,
) -> isize {
    MAIN_OR_SCHEDULER.check("object_attr_setvalueof");
    set(object as Address, &name(attribute), &all_from_raw(count as usize, atoms))
}

/// Nobody but the dictionaries' users is notified here.
#[unsafe(no_mangle)]
unsafe extern "C" fn object_notify(_object: *mut c_void, _message: *mut Symbol, _data: *mut c_void) -> isize {
    MAIN.check("object_notify");
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_obex_dumpout(
    object: *mut c_void,
    selector: *mut Symbol,
    count: c_long,
    atoms: *const RawAtom,
) {
    let outlet = world().instances.get(&(object as Address)).and_then(|i| i.obex.get("dumpout").copied());
    if let Some(outlet) = outlet {
        ports::tell(outlet, name(selector), all_from_raw(count as usize, atoms));
    }
}

crate::keep!(
    attr_offset_new,
    attr_offset_array_new,
    class_addattr,
    class_attr_get,
    host_attr_addattr,
    class_attr_addattr_parse,
    class_attr_addattr_atoms,
    attr_addfilter_clip,
    attr_args_offset,
    attr_args_process,
    object_attr_getlong,
    object_attr_getfloat,
    object_attr_getsym,
    object_attr_setlong,
    object_attr_setfloat,
    object_attr_setsym,
    object_attr_getvalueof,
    object_attr_setvalueof,
    object_notify,
    object_obex_dumpout
);
