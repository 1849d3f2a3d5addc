//! Linked lists of pointers.

use std::ffi::{c_long, c_void};

use crate::{
    abi::Address,
    breaches::breach,
    objects::let_go,
    threads::ANYWHERE_BUT_AUDIO,
    world::{
        list::{Fate, List},
        world,
    },
};

fn with<R>(list: *mut c_void, neutral: R, work: impl FnOnce(&mut List) -> R) -> R {
    ANYWHERE_BUT_AUDIO.check("a linked list");
    let mut locked = world();
    if let Some(found) = locked.lists.get_mut(&(list as Address)) {
        return work(found);
    }
    drop(locked);
    breach("a linked list that is none, or is freed".into());
    neutral
}

#[unsafe(no_mangle)]
unsafe extern "C" fn linklist_new() -> *mut c_void {
    ANYWHERE_BUT_AUDIO.check("linklist_new");
    let address = libc::calloc(1, 64) as Address;
    world().lists.insert(address, List::default());
    address as *mut c_void
}

#[unsafe(no_mangle)]
extern "C" fn linklist_flags(list: *mut c_void, flags: c_long) {
    with(list, (), |list| list.flags = flags);
}

#[unsafe(no_mangle)]
extern "C" fn linklist_getsize(list: *mut c_void) -> isize {
    with(list, 0, |list| list.items.len() as isize)
}

/// Answers where the item is now.
#[unsafe(no_mangle)]
extern "C" fn linklist_append(list: *mut c_void, item: *mut c_void) -> isize {
    with(list, -1, |list| {
        list.items.push(item as Address);
        list.items.len() as isize - 1
    })
}

#[unsafe(no_mangle)]
extern "C" fn linklist_getindex(list: *mut c_void, index: c_long) -> *mut c_void {
    let item = |list: &mut List| usize::try_from(index).ok().and_then(|at| list.items.get(at).copied());
    with(list, None, item).unwrap_or(0) as *mut c_void
}

fn take(list: *mut c_void, index: c_long) -> Option<(Address, Fate)> {
    with(list, None, |list| {
        let at = usize::try_from(index).ok().filter(|&at| at < list.items.len())?;
        Some((list.items.remove(at), list.fate()))
    })
}

/// Takes it out and lets go of it as the flags say; -1 when there is none.
#[unsafe(no_mangle)]
unsafe extern "C" fn linklist_deleteindex(list: *mut c_void, index: c_long) -> isize {
    let Some((item, fate)) = take(list, index) else { return -1 };
    let_go(item, fate);
    index as isize
}

/// Takes it out; it is the caller's.
#[unsafe(no_mangle)]
extern "C" fn linklist_chuckindex(list: *mut c_void, index: c_long) -> isize {
    take(list, index).map_or(-1, |_| index as isize)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn linklist_clear(list: *mut c_void) {
    let (items, fate) =
        with(list, (Vec::new(), Fate::Left), |list| (std::mem::take(&mut list.items), list.fate()));
    items.into_iter().for_each(|item| unsafe { let_go(item, fate) });
}

#[unsafe(no_mangle)]
extern "C" fn linklist_reverse(list: *mut c_void) {
    with(list, (), |list| list.items.reverse());
}

/// Calls a function with every item and one argument.
#[unsafe(no_mangle)]
unsafe extern "C" fn linklist_funall(list: *mut c_void, code: Address, argument: *mut c_void) {
    let code: unsafe extern "C" fn(*mut c_void, *mut c_void) = std::mem::transmute(code);
    for item in with(list, Vec::new(), |list| list.items.clone()) {
        code(item as *mut c_void, argument);
    }
}

crate::keep!(
    linklist_new,
    linklist_flags,
    linklist_getsize,
    linklist_append,
    linklist_getindex,
    linklist_deleteindex,
    linklist_chuckindex,
    linklist_clear,
    linklist_reverse,
    linklist_funall
);
