//! Messages: from a selector and atoms to a call of the right signature.

use std::ffi::{c_long, c_void};

use crate::{
    abi::{A_CANT, A_DEFER, A_DEFER_LOW, A_GIMME, Address, Atom, PxObject, RawAtom},
    atoms::{all_to_raw, atom_getlong, to_raw},
    attributes, audio,
    breaches::breach,
    buffers,
    calls::Registers,
    dictionaries, editors,
    symbols::symbol,
    time,
    world::{class::Method, line::Line, world},
};

type P = *mut c_void;
type Gimme = unsafe extern "C" fn(P, P, c_long, *const RawAtom) -> P;

/// `object_method`.
pub unsafe fn method(object: P, message: &str, p: [P; 8]) -> P {
    let address = object as Address;
    if let Some(answer) = attributes::method(address, message, p) {
        return answer;
    }
    if let Some(answer) = audio::chain_method(address, message, p) {
        return answer;
    }
    if let Some(answer) = editors::method(address, message, p) {
        return answer;
    }
    if let Some(answer) = buffers::method(address, message, p) {
        return answer;
    }
    if let Some(answer) = dictionaries::method(address, message) {
        return answer;
    }
    let method = world().class_of(address).and_then(|class| class.methods.get(message).cloned());
    let Some(method) = method else { return std::ptr::null_mut() };
    let call: unsafe extern "C" fn(P, P, P, P, P, P, P, P, P) -> P = std::mem::transmute(method.code);
    call(object, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
}

/// A message from a patch. False when the object does not take it, which the console says.
pub fn send(address: Address, selector: &str, atoms: &[Atom]) -> bool {
    let (class, attribute) = {
        let world = world();
        let Some(class) = world.class_of(address) else {
            drop(world);
            breach(format!("a message {selector} to an object that is freed"));
            return false;
        };
        (class.name.clone(), class.attributes.contains_key(selector))
    };
    if attribute {
        unsafe { attributes::set(address, selector, atoms) };
        return true;
    }
    if let Some(name) = selector.strip_prefix("get")
        && unsafe { attributes::tell(address, name) }
    {
        return true;
    }
    // What class_dspinit gives every audio class.
    let is_audio = world().class_of(address).is_some_and(|class| class.is_audio);
    if let ("enable", true, [value]) = (selector, is_audio, atoms) {
        let on = unsafe { atom_getlong(&to_raw(value)) != 0 };
        unsafe { (*(address as *mut PxObject)).disabled = (!on).into() };
        return true;
    }
    let method = |name: &str| {
        world().class_of(address).and_then(|c| c.methods.get(name).cloned()).filter(|m| m.types != [A_CANT])
    };
    // Numbers are taken by the method for the other kind of number where there is none for theirs.
    let other = match selector {
        "int" => Some("float"),
        "float" => Some("int"),
        _ => None,
    };
    if let Some(method) = method(selector).or_else(|| other.and_then(method)) {
        unsafe { call(address, &method, selector, atoms) };
        return true;
    }
    let for_all = method("anything").filter(|_| !matches!(selector, "bang" | "int" | "float" | "list"));
    if let Some(method) = for_all {
        unsafe { call(address, &method, selector, atoms) };
        return true;
    }
    world().console.push(Line::Error(format!("{class}: doesn't understand \"{selector}\"")));
    false
}

unsafe fn call(address: Address, method: &Method, selector: &str, atoms: &[Atom]) {
    let raw = all_to_raw(atoms);
    let object = address as P;
    match method.types.as_slice() {
        [] => {
            let code: unsafe extern "C" fn(P) -> P = std::mem::transmute(method.code);
            code(object);
        }
        [A_GIMME] => {
            let code: Gimme = std::mem::transmute(method.code);
            code(object, symbol(selector).cast(), raw.len() as c_long, raw.as_ptr());
        }
        [A_DEFER | A_DEFER_LOW] => time::queue_message(address, method.code, selector, atoms),
        types => {
            let mut registers = Registers::beginning_with(Some(object));
            match registers.add(types, &raw) {
                Ok(()) => drop(registers.call(method.code)),
                Err(kind) => {
                    breach(format!("{selector}: argument type {kind} is not known to this host here"))
                }
            }
        }
    }
}
