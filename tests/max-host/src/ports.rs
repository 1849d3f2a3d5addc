//! Outlets, and who hears what they say.

use std::ffi::{c_char, c_long, c_short, c_void};

use crate::{
    abi::{Address, Atom, Object, RawAtom, Symbol},
    atoms::all_from_raw,
    breaches::breach,
    symbols::{name, text},
    threads::{MAIN, MAIN_OR_SCHEDULER},
    world::{instance::Outlet, patched::Patched, told::Told, world},
};

fn add_outlet(owner: *mut c_void, kind: &str) -> *mut c_void {
    MAIN.check("outlet_new");
    if !matches!(
        kind,
        "" | "bang" | "int" | "float" | "list" | "symbol" | "signal" | "multichannelsignal" | "dictionary"
    ) {
        breach(format!("outlet_new: no kind {kind}"));
    }
    let mut world = world();
    let owner = owner as Address;
    let address = unsafe { libc::malloc(32) } as Address;
    let Some(instance) = world.instances.get_mut(&owner) else {
        drop(world);
        breach("outlet_new without an object".into());
        return std::ptr::null_mut();
    };
    let late = !instance.being_made;
    let number = instance.outlets.len();
    instance.outlets.push(address);
    world.outlets.insert(address, Outlet { owner, kind: kind.to_owned(), number });
    // Objects may speak through their own field, which holds the leftmost outlet.
    unsafe { (*(owner as *mut Object)).outlet = address as *mut c_void };
    drop(world);
    if late {
        breach("outlet_new after the object was made".into());
    }
    address as *mut c_void
}

#[unsafe(no_mangle)]
unsafe extern "C" fn outlet_new(owner: *mut c_void, kind: *const c_char) -> *mut c_void {
    add_outlet(owner, &text(kind))
}

#[unsafe(no_mangle)]
extern "C" fn bangout(owner: *mut c_void) -> *mut c_void {
    add_outlet(owner, "bang")
}

#[unsafe(no_mangle)]
extern "C" fn intout(owner: *mut c_void) -> *mut c_void {
    add_outlet(owner, "int")
}

#[unsafe(no_mangle)]
extern "C" fn floatout(owner: *mut c_void) -> *mut c_void {
    add_outlet(owner, "float")
}

#[unsafe(no_mangle)]
extern "C" fn listout(owner: *mut c_void) -> *mut c_void {
    add_outlet(owner, "list")
}

/// A message leaves an outlet.
pub fn tell(outlet: Address, selector: String, atoms: Vec<Atom>) -> *mut c_void {
    MAIN_OR_SCHEDULER.check("an outlet");
    let (told, ear) = {
        let mut world = world();
        let Some(port) = world.outlets.get(&outlet) else {
            drop(world);
            breach("a message to an outlet that is none, or of a freed object".into());
            return std::ptr::null_mut();
        };
        let (owner, kind) = (port.owner, port.kind.clone());
        if kind.contains("signal") {
            drop(world);
            breach("a message to a signal outlet".into());
            return std::ptr::null_mut();
        }
        let index = world.instances.get(&owner).map_or(0, |i| i.outlets.len() - 1 - port.number);
        let told = Told { from: Patched(owner), outlet: index, selector, atoms };
        world.told.push(told.clone());
        (told, world.ears.get(&(owner, index)).cloned())
    };
    if let Some(ear) = ear {
        ear(&told);
    }
    std::ptr::without_provenance_mut(1)
}

#[unsafe(no_mangle)]
extern "C" fn outlet_bang(outlet: *mut c_void) -> *mut c_void {
    tell(outlet as Address, "bang".into(), Vec::new())
}

#[unsafe(no_mangle)]
extern "C" fn outlet_int(outlet: *mut c_void, value: isize) -> *mut c_void {
    tell(outlet as Address, "int".into(), vec![Atom::Int(value as i64)])
}

#[unsafe(no_mangle)]
extern "C" fn outlet_float(outlet: *mut c_void, value: f64) -> *mut c_void {
    tell(outlet as Address, "float".into(), vec![Atom::Float(value)])
}

#[unsafe(no_mangle)]
unsafe extern "C" fn outlet_list(
    outlet: *mut c_void,
    _symbol: *mut Symbol,
    count: c_short,
    atoms: *const RawAtom,
) -> *mut c_void {
    tell(outlet as Address, "list".into(), all_from_raw(count.max(0) as usize, atoms))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn outlet_anything(
    outlet: *mut c_void,
    selector: *mut Symbol,
    count: c_short,
    atoms: *const RawAtom,
) -> *mut c_void {
    if count < 0 {
        breach("outlet_anything with a negative count".into());
    }
    tell(outlet as Address, name(selector), all_from_raw(count.max(0) as usize, atoms))
}

/// All inlets but the left one are cold.
#[unsafe(no_mangle)]
unsafe extern "C" fn stdinletinfo(_object: *mut c_void, _box: *mut c_void, index: c_long, cold: *mut c_char) {
    *cold = (index != 0).into();
}

crate::keep!(
    outlet_new,
    bangout,
    intout,
    floatout,
    listout,
    outlet_bang,
    outlet_int,
    outlet_float,
    outlet_list,
    outlet_anything,
    stdinletinfo
);
