//! The values of attributes: in the care of functions of their class, otherwise in the object's memory.

use std::ffi::{c_long, c_void};

use crate::{
    abi::{Address, Atom, GENERIC, MAGIC, OK, Object, RawAtom},
    atoms::{all_from_raw, all_to_raw},
    memory::sysmem_freeptr,
    storage,
    world::{class::Attribute, world},
};

type Get = unsafe extern "C" fn(*mut c_void, *mut c_void, *mut c_long, *mut *mut RawAtom) -> isize;
type Set = unsafe extern "C" fn(*mut c_void, *mut c_void, c_long, *mut RawAtom) -> isize;

/// Attributes are passed around as their class and name.
pub fn handle(class: usize, name: &str) -> *mut c_void {
    let mut world = world();
    let known = world.attributes.iter().find(|(_, known)| known.0 == class && known.1 == name);
    if let Some((&address, _)) = known {
        return address as *mut c_void;
    }
    let object = Object {
        messages: std::ptr::null_mut(),
        magic: MAGIC,
        inlet: std::ptr::null_mut(),
        outlet: std::ptr::null_mut(),
    };
    let address = Box::into_raw(Box::new(object)) as Address;
    world.attributes.insert(address, (class, name.to_owned()));
    address as *mut c_void
}

fn of(object: Address, attribute: &str) -> Option<(usize, Attribute)> {
    let world = world();
    let class = world.instances.get(&object)?.class;
    world.classes[class].attributes.get(attribute).map(|found| (class, found.clone()))
}

/// Writes an attribute of an object, of which nobody hears.
pub unsafe fn store(object: Address, attribute: &str, atoms: &[Atom]) -> isize {
    let Some((class, found)) = of(object, attribute) else { return GENERIC };
    let mut raw = all_to_raw(atoms);
    if found.set != 0 {
        let set: Set = std::mem::transmute(found.set);
        let handle = handle(class, attribute);
        return set(object as *mut c_void, handle, raw.len() as c_long, raw.as_mut_ptr());
    }
    if storage::store(&found, object, &raw) { OK } else { GENERIC }
}

/// Reads an attribute of an object.
pub unsafe fn get(object: Address, attribute: &str) -> Option<Vec<Atom>> {
    let (class, found) = of(object, attribute)?;
    if found.get != 0 {
        let get: Get = std::mem::transmute(found.get);
        let (mut count, mut atoms) = (0, std::ptr::null_mut());
        if get(object as *mut c_void, handle(class, attribute), &raw mut count, &raw mut atoms) != OK {
            return None;
        }
        let values = all_from_raw(count as usize, atoms);
        sysmem_freeptr(atoms.cast());
        return Some(values);
    }
    storage::load(&found, object)
}
