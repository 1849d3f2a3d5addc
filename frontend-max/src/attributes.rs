//! The attributes of the boxes: how Max shows them, and what they mean.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_long, c_void};

use nn_core::{door::guarded, layout::BoxKind, message::Atom, object::NnObject};

use crate::{
    emit::{from_max, symbol, text, to_max},
    ffi, find,
    instance::{Errand, Instance, Main},
    messages::run,
};

/// An attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// Whether the box computes and sounds.
    Enable,
    /// Whether it computes on a GPU.
    Gpu,
    /// How long the model may take.
    Deadline,
    /// Threads inside one call of the model.
    Threads,
    /// Whether a model that was made for another rate runs at its own.
    Resample,
    /// Whether attributes follow the buffers they were set from.
    Track,
    /// Channels of each outlet, whatever the model.
    Channels,
}

/// How Max shows an attribute.
struct Looks {
    attribute: Attribute,
    name: &'static CStr,
    kind: &'static CStr,
    style: &'static CStr,
    label: &'static str,
    get: Get,
    set: Set,
}

type Get = unsafe extern "C" fn(*mut Instance, *mut c_void, *mut c_long, *mut *mut ffi::Atom) -> ffi::MaxErr;
type Set = unsafe extern "C" fn(*mut Instance, *mut c_void, c_long, *mut ffi::Atom) -> ffi::MaxErr;

macro_rules! looks {
    ($($attribute:ident $name:literal $kind:literal $style:literal $label:literal)*) => {
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
                name: $name,
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
const ATTRIBUTES: [Looks; 7] = looks! {
    Enable c"enable" c"atom_long" c"onoff" "Enable"
    Gpu c"gpu" c"atom_long" c"onoff" "Compute on a GPU"
    Deadline c"deadline" c"atom" c"text" "Deadline in samples, auto or buffer"
    Threads c"threads" c"atom_long" c"text" "Threads for one call of the model"
    Resample c"resample" c"atom_long" c"onoff" "Run the model at its own rate"
    Track c"track_buffers" c"atom_long" c"onoff" "Follow buffers that attributes were set from"
    Channels c"chans" c"atom_long" c"text" "Channels of each outlet (0 follows the model)"
};

/// Gives a class its attributes.
///
/// # Safety
/// On Max's main thread, with a class of [`Instance`]s of this kind that is not registered yet.
pub unsafe fn add(class: *mut ffi::Class, kind: BoxKind) {
    let is_multichannel = kind != BoxKind::Nn;
    let of_this_kind = |looks: &&Looks| looks.attribute != Attribute::Channels || is_multichannel;
    for (order, looks) in ATTRIBUTES.iter().filter(of_this_kind).enumerate() {
        let name = looks.name.as_ptr();
        // SAFETY: plain registration calls of Max; the accessors have the signatures that it calls them with.
        unsafe {
            let kind = ffi::gensym(looks.kind.as_ptr());
            let attribute =
                ffi::attr_offset_new(name, kind, 0, looks.get as ffi::Method, looks.set as ffi::Method, 0);
            ffi::class_addattr(class, attribute);
            dress(class, looks.name, looks.style, looks.label, order + 1);
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

/// What all attributes are at the moment.
pub fn values(object: &NnObject) -> Vec<Atom> {
    ATTRIBUTES.iter().map(|looks| value(object, looks.attribute)).collect()
}

/// The attributes that are not what Max was told last, which it then has been: its inspector shows what it is told.
pub fn untold(main: &mut Main) -> Vec<&'static CStr> {
    let Some(told) = main.shown.take() else { return Vec::new() };
    let now = values(&main.object);
    let differs = now.iter().zip(&told).map(|(now, told)| now != told);
    let untold = ATTRIBUTES.iter().zip(differs).filter_map(|(looks, differs)| differs.then_some(looks.name));
    let untold = untold.collect();
    main.shown = Some(now);
    untold
}

/// What an attribute is at the moment.
fn value(object: &NnObject, attribute: Attribute) -> Atom {
    match attribute {
        Attribute::Enable => Atom::Int(object.status().enabled().into()),
        Attribute::Gpu => Atom::Int(object.wants_gpu().into()),
        Attribute::Deadline => object.deadline(),
        Attribute::Threads => Atom::Int(object.status().intra_op_threads().into()),
        Attribute::Resample => Atom::Int(object.wants_resampling().into()),
        Attribute::Track => Atom::Int(object.tracks().into()),
        Attribute::Channels => Atom::Int(object.fixed_channels().unwrap_or(0) as i64),
    }
}

/// Gives an attribute a value. The ones that are messages too mean the same.
pub fn set(main: &mut Main, attribute: Attribute, atoms: &[Atom]) {
    let message = match attribute {
        Attribute::Enable => "enable",
        Attribute::Gpu => "gpu",
        Attribute::Deadline => "deadline",
        Attribute::Threads => "threads",
        Attribute::Resample => "resample",
        Attribute::Track => "track",
        Attribute::Channels => "chans",
    };
    main.object.handle(message, atoms, &find::MaxPlaces);
}

unsafe fn answer(
    instance: *mut Instance,
    attribute: Attribute,
    count: *mut c_long,
    atoms: *mut *mut ffi::Atom,
) -> ffi::MaxErr {
    guarded(ffi::MAX_ERR_GENERIC, || {
        // SAFETY: Max asks a live box.
        let value = unsafe { Instance::state(instance) }
            .and_then(|state| state.main.try_with(|main| value(&main.object, attribute)));
        // SAFETY: Max says where the answer is to go.
        value.map_or(ffi::MAX_ERR_GENERIC, |value| unsafe { give(&[value], count, atoms) })
    })
}

/// Hands atoms to Max: into the memory that it offers, otherwise into new memory of its own.
///
/// # Safety
/// `count` and `atoms` must be as Max passes them to what answers.
pub unsafe fn give(values: &[Atom], count: *mut c_long, atoms: *mut *mut ffi::Atom) -> ffi::MaxErr {
    // SAFETY: the caller's word: where there is memory, there is as much as `count` says.
    unsafe {
        let offered = usize::try_from(*count).unwrap_or(0);
        if (*atoms).is_null() || offered < values.len() {
            *atoms = ffi::sysmem_newptr((values.len().max(1) * size_of::<ffi::Atom>()) as isize).cast();
        }
        if (*atoms).is_null() {
            return ffi::MAX_ERR_GENERIC;
        }
        for (at, value) in values.iter().enumerate() {
            (*atoms).add(at).write(to_max(value));
        }
        *count = values.len() as c_long;
    }
    ffi::MAX_ERR_NONE
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
