//! How Max shows the attributes of the boxes, reads and sets them.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_long, c_void};

use nn_core::{guard::guarded, layout::BoxKind, message::Atom};

use crate::{
    atoms::{from_max, give, symbol, text, to_max},
    attribute::Attribute,
    errand::Errand,
    ffi,
    inbox::run,
    instance::{Instance, Seen},
};

/// How Max shows an attribute.
struct Looks {
    attribute: Attribute,
    kind: &'static CStr,
    style: &'static CStr,
    label: &'static str,
    get: Get,
    set: Set,
}

type Get = unsafe extern "C" fn(*mut Instance, *mut c_void, *mut c_long, *mut *mut ffi::Atom) -> ffi::MaxErr;
type Set = unsafe extern "C" fn(*mut Instance, *mut c_void, c_long, *mut ffi::Atom) -> ffi::MaxErr;

macro_rules! looks {
    ($($attribute:ident $kind:literal $style:literal $label:literal)*) => {
        [$({
            unsafe extern "C" fn get(
                instance: *mut Instance,
                _attribute: *mut c_void,
                count: *mut c_long,
                atoms: *mut *mut ffi::Atom,
            ) -> ffi::MaxErr {
                // SAFETY: Max's call, passed on.
                unsafe { answer(instance, Attribute::$attribute, count, atoms) }
            }
            unsafe extern "C" fn set(
                instance: *mut Instance,
                _attribute: *mut c_void,
                count: c_long,
                atoms: *mut ffi::Atom,
            ) -> ffi::MaxErr {
                // SAFETY: Max's call, passed on.
                unsafe { receive(instance, Attribute::$attribute, count, atoms) }
            }
            Looks {
                attribute: Attribute::$attribute,
                kind: $kind,
                style: $style,
                label: $label,
                get,
                set,
            }
        }),*]
    };
}

/// All of them, in the order of the inspector.
const ATTRIBUTES: [Looks; Attribute::ALL.len()] = looks! {
    Enable c"atom_long" c"onoff" "Enable"
    Gpu c"atom_long" c"onoff" "Compute on a GPU"
    Deadline c"atom" c"text" "Deadline in samples, auto or buffer"
    Threads c"atom_long" c"text" "Threads for one call of the model"
    Resample c"atom_long" c"onoff" "Run the model at its own rate"
    Track c"atom_long" c"onoff" "Follow buffers that attributes were set from"
    Channels c"atom_long" c"text" "Channels of each outlet (0 follows the model)"
};

/// Gives a class its attributes.
///
/// # Safety
/// On Max's main thread, with a class of [`Instance`]s of this kind that is not registered yet.
pub unsafe fn add(class: *mut ffi::Class, kind: BoxKind) {
    let is_multichannel = kind != BoxKind::Nn;
    let of_this_kind = |looks: &&Looks| looks.attribute != Attribute::Channels || is_multichannel;
    for (order, looks) in ATTRIBUTES.iter().filter(of_this_kind).enumerate() {
        let name = looks.attribute.name();
        // SAFETY: plain registration calls of Max; the accessors have the signatures that it calls them with.
        unsafe {
            let kind = ffi::gensym(looks.kind.as_ptr());
            let attribute = ffi::attr_offset_new(
                name.as_ptr(),
                kind,
                0,
                looks.get as ffi::Method,
                looks.set as ffi::Method,
                0,
            );
            ffi::class_addattr(class, attribute);
            dress(class, name, looks.style, looks.label, order + 1);
        }
    }
}

/// Says how an attribute is shown, and that it is saved with the patch.
///
/// # Safety
/// On Max's main thread, with a class that has the attribute and is not registered yet.
pub unsafe fn dress(class: *mut ffi::Class, name: &CStr, style: &CStr, label: &str, order: usize) {
    let name = name.as_ptr();
    let mut label = to_max(&Atom::symbol(label));
    let order = text(&order.to_string());
    let (word, number) = (symbol("symbol"), symbol("long"));
    // SAFETY: the caller's word; Max copies texts and atoms.
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
            let seen = |seen: &Seen| seen.attributes.get(attribute as usize).cloned();
            state.ask(|object| Some(attribute.value(object)), seen)
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
        unsafe { run(instance, Errand::Set(attribute, from_max(count, atoms))) };
        ffi::MAX_ERR_NONE
    })
}
