//! Objects: made, freed, looked up. Memory of a freed one is never used again, so that whoever still uses it is seen.

use std::{
    collections::HashMap,
    ffi::{c_long, c_void},
};

use crate::{
    abi::{Address, GENERIC, MAGIC, OK, Object, Symbol},
    arrays,
    breaches::breach,
    classes, dictionaries, dispatch, editors,
    freeing::too_early,
    memory::sysmem_freeptr,
    symbols::{name, symbol},
    threads::MAIN,
    world::{instance::Instance, list::Fate, world},
};

#[unsafe(no_mangle)]
unsafe extern "C" fn object_alloc(class: *mut c_void) -> *mut c_void {
    MAIN.check("object_alloc");
    let Some(index) = classes::index(class) else {
        breach("object_alloc without a class".into());
        return std::ptr::null_mut();
    };
    let mut world = world();
    let size = world.classes[index].size;
    // A guard behind it.
    let memory = libc::calloc(1, size + GUARD.len());
    std::ptr::copy_nonoverlapping(GUARD.as_ptr(), memory.cast::<u8>().add(size), GUARD.len());
    (*memory.cast::<Object>()).magic = MAGIC;
    let instance = Instance {
        class: index,
        outlets: Vec::new(),
        signal_inlets: 0,
        number_inlets: HashMap::new(),
        obex: HashMap::new(),
        being_made: true,
        being_freed: false,
        out_of_chain: false,
    };
    world.instances.insert(memory as Address, instance);
    memory
}

/// What stands behind the memory of an object.
const GUARD: [u8; 16] = *b"max-host's guard";

#[unsafe(no_mangle)]
pub unsafe extern "C" fn object_free(object: *mut c_void) -> isize {
    MAIN.check("object_free");
    let address = object as Address;
    let mut locked = world();
    if let Some(clock) = locked.clocks.remove(&address) {
        drop(locked);
        too_early(clock.owner, "a clock");
        return OK;
    }
    if locked.buffer_refs.remove(&address).is_some() {
        return OK;
    }
    if locked.proxies.remove(&address).is_some() {
        return OK;
    }
    if let Some(list) = locked.lists.remove(&address) {
        drop(locked);
        let fate = list.fate();
        list.items.into_iter().for_each(|item| unsafe { let_go(item, fate) });
        return OK;
    }
    if locked.dictionaries.contains_key(&address) {
        drop(locked);
        dictionaries::free(address);
        return OK;
    }
    if locked.instances.contains_key(&address) {
        drop(locked);
        free_instance(address);
        return OK;
    }
    drop(locked);
    if arrays::free(address) || editors::free(address) {
        return OK;
    }
    breach("object_free of something that is none of Max's, or was freed before".into());
    GENERIC
}

/// What was in a list is taken out.
pub unsafe fn let_go(item: Address, fate: Fate) {
    match fate {
        Fate::Left => {}
        Fate::GivenBack => sysmem_freeptr(item as *mut c_void),
        Fate::Freed => drop(object_free(item as *mut c_void)),
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn freeobject(object: *mut c_void) {
    object_free(object);
}

unsafe fn free_instance(address: Address) {
    let (free, is_audio, class, size) = {
        let mut world = world();
        let instance = world.instances.get_mut(&address).expect("it is there");
        if instance.being_freed {
            return;
        }
        instance.being_freed = true;
        let class = &world.classes[world.instances[&address].class];
        (class.free, class.is_audio, class.name.clone(), class.size)
    };
    if free != 0 {
        let free: unsafe extern "C" fn(*mut c_void) = std::mem::transmute(free);
        free(address as *mut c_void);
    }
    let mut world = world();
    let instance = world.instances.remove(&address).expect("it is there");
    let mut wrong = Vec::new();
    if is_audio && !instance.out_of_chain {
        wrong.push(format!("{class} is freed without z_dsp_free"));
    }
    if world.clocks.values().any(|clock| clock.owner == address) {
        wrong.push(format!("{class} is freed without its clock"));
    }
    if world.qelems.values().any(|qelem| qelem.owner == address) {
        wrong.push(format!("{class} is freed without its qelem"));
    }
    if world.editors.values().flatten().any(|window| window.owner.0 == address) {
        wrong.push(format!("{class} is freed without its window"));
    }
    if world.buffer_refs.values().any(|reference| reference.owner == address) {
        wrong.push(format!("{class} is freed without its buffer reference"));
    }
    for outlet in instance.outlets {
        world.outlets.remove(&outlet);
    }
    world.inspected.remove(&address);
    world.listeners.remove(&address);
    world.ears.retain(|(owner, _), _| *owner != address);
    world.queue.retain(|deferred| deferred.owner != address);
    drop(world);
    wrong.into_iter().for_each(breach);
    let behind = std::slice::from_raw_parts((address as *const u8).add(size), GUARD.len());
    if behind != GUARD {
        breach(format!("{class} wrote behind its memory"));
    }
    // Not given back: what still uses it finds no object.
    libc::memset(address as *mut c_void, 0xDD, size);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_classname(object: *mut c_void) -> *mut Symbol {
    let name = world().class_of(object as Address).map(|class| class.name.clone());
    name.map_or(std::ptr::null_mut(), |name| symbol(&name))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_isnogood(object: *mut c_void) -> c_long {
    (object.is_null() || (*object.cast::<Object>()).magic != MAGIC).into()
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_obex_store(object: *mut c_void, key: *mut Symbol, value: *mut c_void) -> isize {
    MAIN.check("object_obex_store");
    let key = name(key);
    match world().instances.get_mut(&(object as Address)) {
        Some(instance) => {
            instance.obex.insert(key, value as Address);
            OK
        }
        None => GENERIC,
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_obex_lookup(
    object: *mut c_void,
    key: *mut Symbol,
    value: *mut *mut c_void,
) -> isize {
    let key = name(key);
    let found = world().instances.get(&(object as Address)).and_then(|i| i.obex.get(&key).copied());
    *value = found.unwrap_or(0) as *mut c_void;
    if found.is_some() { OK } else { GENERIC }
}

/// Ten arguments: what `object_method` is on 64 bits.
#[unsafe(no_mangle)]
unsafe extern "C" fn object_method_imp(
    object: *mut c_void,
    message: *mut c_void,
    p1: *mut c_void,
    p2: *mut c_void,
    p3: *mut c_void,
    p4: *mut c_void,
    p5: *mut c_void,
    p6: *mut c_void,
    p7: *mut c_void,
    p8: *mut c_void,
) -> *mut c_void {
    dispatch::method(object, &name(message.cast()), [p1, p2, p3, p4, p5, p6, p7, p8])
}

crate::keep!(
    object_alloc,
    object_free,
    freeobject,
    object_classname,
    object_isnogood,
    object_obex_store,
    object_obex_lookup,
    object_method_imp
);
