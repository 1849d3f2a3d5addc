//! How Max shows the attributes of the boxes, reads and sets them.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_long, c_void};

use nn_core::{
    frontend::text::c_text,
    guard::guarded,
    layout::BoxKind,
    message::{Atom, AttributeKind},
    object::BOX_ATTRIBUTES,
};

use crate::{
    atoms::{from_max, give, symbol, to_max},
    attribute::{Attribute, COUNT},
    deferred::{Deferred, SoundTask},
    ffi,
    instance::{Instance, Seen},
    max_box::run,
};

type Get = unsafe extern "C" fn(*mut Instance, *mut c_void, *mut c_long, *mut *mut ffi::Atom) -> ffi::MaxErr;
type Set = unsafe extern "C" fn(*mut Instance, *mut c_void, c_long, *mut ffi::Atom) -> ffi::MaxErr;

/// What Max calls for an attribute: it does not say for which, so each row has a pair of its own.
const ACCESSORS: [(Get, Set); COUNT] = [
    (get::<0>, set::<0>),
    (get::<1>, set::<1>),
    (get::<2>, set::<2>),
    (get::<3>, set::<3>),
    (get::<4>, set::<4>),
    (get::<5>, set::<5>),
    (get::<6>, set::<6>),
    (get::<7>, set::<7>),
    (get::<8>, set::<8>),
    (get::<9>, set::<9>),
    (get::<10>, set::<10>),
];

unsafe extern "C" fn get<const ROW: usize>(
    instance: *mut Instance,
    _attribute: *mut c_void,
    count: *mut c_long,
    atoms: *mut *mut ffi::Atom,
) -> ffi::MaxErr {
    // SAFETY: Max's call, passed on.
    unsafe { answer(instance, Attribute(ROW), count, atoms) }
}

unsafe extern "C" fn set<const ROW: usize>(
    instance: *mut Instance,
    _attribute: *mut c_void,
    count: c_long,
    atoms: *mut ffi::Atom,
) -> ffi::MaxErr {
    // SAFETY: Max's call, passed on.
    unsafe { receive(instance, Attribute(ROW), count, atoms) }
}

/// Max's type of an attribute, and how its inspector shows it.
fn looks(kind: AttributeKind) -> (&'static CStr, &'static CStr) {
    match kind {
        AttributeKind::Switch => (c"atom_long", c"onoff"),
        AttributeKind::Whole => (c"atom_long", c"text"),
        AttributeKind::Number => (c"float64", c"text"),
        AttributeKind::NumberOrWord => (c"atom", c"text"),
    }
}

/// Gives a class its attributes.
///
/// # Safety
/// On Max's main thread, with a class of [`Instance`]s of this kind that is not registered yet.
pub unsafe fn add(class: *mut ffi::Class, kind: BoxKind) {
    let is_multichannel = kind != BoxKind::Nn;
    let rows = BOX_ATTRIBUTES.iter().map(|(_, row)| row).zip(ACCESSORS);
    let of_this_kind = rows.filter(|(row, _)| is_multichannel || !row.multichannel_only);
    for (order, (row, (get, set))) in of_this_kind.enumerate() {
        let name = c_text(row.name);
        let (kind, style) = looks(row.kind);
        // SAFETY: plain registration calls of Max; the accessors have the signatures that it calls them with.
        unsafe {
            let kind = ffi::gensym(kind.as_ptr());
            let attribute =
                ffi::attr_offset_new(name.as_ptr(), kind, 0, get as ffi::Method, set as ffi::Method, 0);
            ffi::class_addattr(class, attribute);
            show_in_inspector(class, &name, style, row.label, order + 1);
        }
    }
}

/// Sets how the inspector shows an attribute, and that it is saved with the patch.
///
/// # Safety
/// On Max's main thread, with a class that has the attribute and is not registered yet.
pub unsafe fn show_in_inspector(
    class: *mut ffi::Class,
    name: &CStr,
    style: &CStr,
    label: &str,
    order: usize,
) {
    let name = name.as_ptr();
    let mut label = to_max(&Atom::symbol(label));
    let order = c_text(&order.to_string());
    let (word, number) = (symbol("symbol"), symbol("long"));
    // SAFETY: on the main thread, with a class that is not registered yet, as the caller guarantees; Max copies texts and
    // atoms.
    unsafe {
        ffi::class_attr_addattr_atoms(class, name, c"label".as_ptr(), word, 0, 1, &raw mut label);
        ffi::class_attr_addattr_parse(class, name, c"style".as_ptr(), word, 0, style.as_ptr());
        ffi::class_attr_addattr_parse(class, name, c"save".as_ptr(), number, 0, c"1".as_ptr());
        ffi::class_attr_addattr_parse(class, name, c"order".as_ptr(), number, 0, order.as_ptr());
        ffi::class_attr_addattr_parse(class, name, c"basic".as_ptr(), number, 0, c"1".as_ptr());
    }
}

unsafe fn answer(
    instance: *mut Instance,
    attribute: Attribute,
    count: *mut c_long,
    atoms: *mut *mut ffi::Atom,
) -> ffi::MaxErr {
    guarded(ffi::MAX_ERR_GENERIC, || {
        // SAFETY: Max asks a live box.
        let value = unsafe { Instance::state(instance) }.and_then(|state| {
            let seen = |seen: &Seen| seen.attributes.get(attribute.0).cloned();
            state.ask(|object| Some(attribute.shown().value(object)), seen)
        });
        // SAFETY: Max says where the answer is to go.
        value.map_or(ffi::MAX_ERR_GENERIC, |value| unsafe { give(&[value], count, atoms) })
    })
}

unsafe fn receive(
    instance: *mut Instance,
    attribute: Attribute,
    count: c_long,
    atoms: *mut ffi::Atom,
) -> ffi::MaxErr {
    guarded(ffi::MAX_ERR_GENERIC, || {
        // SAFETY: Max's call with a live box, passed on.
        unsafe { run(instance, Deferred::Own(SoundTask::Set(attribute, from_max(count, atoms)))) };
        ffi::MAX_ERR_NONE
    })
}
