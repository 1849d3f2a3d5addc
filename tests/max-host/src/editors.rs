//! Max's text editor, the class `jed`: a window for an object, which hears when it is closed.

use std::ffi::{CString, c_char, c_long, c_void};

use crate::{
    abi::{Address, Atom, GENERIC, MAGIC, OK, Object},
    breaches::breach,
    max::Max,
    methods,
    symbols::{name, text},
    threads::MAIN,
    world::{patched::Patched, window::Window, world},
};

/// A new object that is no box. This host has one class of them.
#[unsafe(no_mangle)]
unsafe extern "C" fn object_new_imp(
    namespace: *mut c_void,
    class: *mut c_void,
    owner: *mut c_void,
    _p2: *mut c_void,
    _p3: *mut c_void,
    _p4: *mut c_void,
    _p5: *mut c_void,
    _p6: *mut c_void,
    _p7: *mut c_void,
    _p8: *mut c_void,
) -> *mut c_void {
    MAIN.check("object_new");
    let class = (name(namespace.cast()), name(class.cast()));
    if class != ("nobox".to_owned(), "jed".to_owned()) || world().without_editor {
        return std::ptr::null_mut();
    }
    if methods::find(owner as Address, "edclose").is_none() {
        breach("a text editor for an object without the method edclose".into());
        return std::ptr::null_mut();
    }
    let object = Object {
        messages: std::ptr::null_mut(),
        magic: MAGIC,
        inlet: std::ptr::null_mut(),
        outlet: std::ptr::null_mut(),
    };
    // Never given back: what still uses a closed one is seen.
    let address = Box::into_raw(Box::new(object)) as Address;
    let window = Window {
        owner: Patched(owner as Address),
        title: String::new(),
        text: String::new(),
        shown: 0,
        scratch: false,
    };
    world().editors.insert(address, Some(window));
    address as *mut c_void
}

/// Does something with an open window; `None` when the address is of none.
fn with<R>(address: Address, neutral: R, work: impl FnOnce(&mut Window) -> R) -> Option<R> {
    let mut locked = world();
    match locked.editors.get_mut(&address)? {
        Some(window) => Some(work(window)),
        None => {
            drop(locked);
            breach("a text editor that is closed".into());
            Some(neutral)
        }
    }
}

/// Messages to an editor.
pub unsafe fn method(address: Address, message: &str, p: [*mut c_void; 8]) -> Option<*mut c_void> {
    with(address, (), |_| ())?;
    MAIN.check("a text editor");
    match message {
        "settext" => {
            let (content, encoding) = (text(p[0].cast::<c_char>()), name(p[1].cast()));
            if encoding != "utf-8" {
                breach(format!("settext: {encoding} is no encoding of this host"));
            }
            with(address, (), |window| window.text = content);
        }
        message => breach(format!("a text editor does not know {message}")),
    }
    Some(std::ptr::null_mut())
}

/// Attributes of an editor.
pub fn set(address: Address, attribute: &str, values: &[Atom]) -> Option<isize> {
    let set = with(address, OK, |window| {
        match (attribute, values) {
            ("title", [Atom::Symbol(title)]) => window.title.clone_from(title),
            ("scratch", [Atom::Int(scratch)]) => window.scratch = *scratch != 0,
            ("visible", [Atom::Int(1)]) => window.shown += 1,
            _ => return GENERIC,
        }
        OK
    })?;
    MAIN.check("a text editor");
    if set != OK {
        breach(format!("a text editor has no attribute {attribute} with such a value"));
    }
    Some(set)
}

/// True when it was one.
pub fn free(address: Address) -> bool {
    with(address, (), |_| ()).is_some_and(|()| {
        world().editors.insert(address, None);
        true
    })
}

impl Max {
    /// The windows that are open.
    pub fn windows(&self) -> Vec<Window> {
        world().editors.values().flatten().cloned().collect()
    }

    /// Closes the window of a box, as its user does. True when the user was asked whether to save it.
    ///
    /// # Panics
    /// When the box has none.
    pub fn close_window(&self, patched: Patched) -> bool {
        type Closed = unsafe extern "C" fn(*mut c_void, *mut *mut c_char, c_long);
        let of_box = |window: &Option<Window>| window.as_ref().is_some_and(|window| window.owner == patched);
        let window = {
            let mut world = world();
            let found = world.editors.values_mut().find(|window| of_box(window));
            found.and_then(Option::take).expect("a window of this box")
        };
        let code = methods::find(patched.0, "edclose").expect("it was there when the window was made");
        let content = CString::new(window.text).expect("no zero bytes");
        let mut start = content.as_ptr().cast_mut();
        unsafe {
            let code: Closed = std::mem::transmute(code);
            code(patched.0 as *mut c_void, &raw mut start, content.as_bytes().len() as c_long);
        }
        !window.scratch
    }

    /// From now on this Max has no text editor.
    pub fn lose_text_editor(&self) {
        world().without_editor = true;
    }
}

crate::keep!(object_new_imp);
