//! One box as tests use it: messages, hints, attributes, presets.

use std::ffi::{c_long, c_void};

use crate::{
    abi::{Atom, RawAtom},
    atoms::{all_from_raw, all_to_raw, parsed},
    attribute_values, dispatch,
    max::Max,
    memory::sysmem_freeptr,
    methods,
    objects::object_free,
    proxies,
    threads::{Role, acting},
    world::{overdrive, patched::Patched, schedule::Overdrive, world},
};

impl Max {
    /// Label, style and so on of an attribute of a class.
    pub fn look(&self, class: &str, attribute: &str, look: &str) -> Option<String> {
        let world = world();
        let class = world.classes.iter().find(|known| known.name == class)?;
        class.attributes.get(attribute)?.looks.get(look).cloned()
    }

    /// The kinds of a box's outlets, from left to right.
    pub fn outlets(&self, patched: Patched) -> Vec<String> {
        let world = world();
        world.instances[&patched.0]
            .outlets
            .iter()
            .rev()
            .map(|outlet| world.outlets[outlet].kind.clone())
            .collect()
    }

    /// How many signal inlets a box has.
    pub fn signal_inlets(&self, patched: Patched) -> usize {
        world().instances[&patched.0].signal_inlets
    }

    /// What the box says of an inlet.
    pub fn hint_of_inlet(&self, patched: Patched, index: usize) -> String {
        self.hint(patched, 1, index)
    }

    /// What the box says of an outlet.
    pub fn hint_of_outlet(&self, patched: Patched, index: usize) -> String {
        self.hint(patched, 2, index)
    }

    fn hint(&self, patched: Patched, side: c_long, index: usize) -> String {
        type Assist = unsafe extern "C" fn(*mut c_void, *mut c_void, c_long, c_long, *mut i8);
        let Some(code) = methods::find(patched.0, "assist") else { return String::new() };
        let mut answer = [0x55_i8; 512];
        unsafe {
            let code: Assist = std::mem::transmute(code);
            code(patched.0 as *mut c_void, std::ptr::null_mut(), side, index as c_long, answer.as_mut_ptr());
            crate::symbols::text(answer.as_ptr().cast())
        }
    }

    /// Sends a message to the left inlet, on the main thread: `selector atoms…`, or a list of numbers.
    pub fn send(&self, patched: Patched, message: &str) {
        deliver(patched, 0, message);
    }

    /// Sends a message to an inlet, on the main thread.
    pub fn send_to(&self, patched: Patched, inlet: usize, message: &str) {
        deliver(patched, inlet, message);
    }

    /// Sends a message on the scheduler's thread (with the scheduler in the audio interrupt, on that one), and waits.
    pub fn send_from_scheduler(&self, patched: Patched, message: &str) {
        let message = message.to_owned();
        let send = move || deliver(patched, 0, &message);
        match overdrive() {
            Overdrive::InAudioInterrupt => self.audio.run(move || acting(Role::Scheduler, send)),
            Overdrive::On => self.scheduler.run(send),
            Overdrive::Off => send(),
        }
    }

    /// Sends a message on the scheduler's own thread while the audio thread plays by itself, without waiting.
    pub fn send_from_scheduler_while_playing(&self, patched: Patched, message: &str) {
        let message = message.to_owned();
        self.scheduler.post(move || deliver(patched, 0, &message));
    }

    /// Calls a method that patches cannot call, without arguments.
    pub fn call(&self, patched: Patched, method: &str) {
        unsafe { dispatch::method(patched.0 as *mut c_void, method, [std::ptr::null_mut(); 8]) };
    }

    /// Tells a box that a signal at an inlet has so many channels; whether its outlets may have others now.
    pub fn change_input(&self, patched: Patched, inlet: usize, channels: usize) -> bool {
        type InputChanged = unsafe extern "C" fn(*mut c_void, c_long, c_long) -> isize;
        let code = methods::find(patched.0, "inputchanged").expect("the class has multichannel inlets");
        // SAFETY: the class has registered it with this signature.
        let changed = unsafe {
            let code: InputChanged = std::mem::transmute(code);
            code(patched.0 as *mut c_void, inlet as c_long, channels as c_long)
        };
        changed != 0
    }

    /// How many channels a box says that an outlet has.
    pub fn outlet_channels(&self, patched: Patched, outlet: usize) -> isize {
        type Outputs = unsafe extern "C" fn(*mut c_void, c_long) -> isize;
        let code =
            methods::find(patched.0, "multichanneloutputs").expect("the class has multichannel outlets");
        // SAFETY: the class has registered it with this signature.
        unsafe {
            let code: Outputs = std::mem::transmute(code);
            code(patched.0 as *mut c_void, outlet as c_long)
        }
    }

    /// What a preset would keep of a box.
    pub fn value_of(&self, patched: Patched) -> Vec<Atom> {
        type ValueOf = unsafe extern "C" fn(*mut c_void, *mut c_long, *mut *mut RawAtom) -> isize;
        let code = methods::find(patched.0, "getvalueof").expect("the class has a value");
        let (mut count, mut atoms) = (0, std::ptr::null_mut());
        unsafe {
            let code: ValueOf = std::mem::transmute(code);
            code(patched.0 as *mut c_void, &raw mut count, &raw mut atoms);
            let value = all_from_raw(count as usize, atoms);
            sysmem_freeptr(atoms.cast());
            value
        }
    }

    /// Gives a box what a preset kept.
    pub fn set_value_of(&self, patched: Patched, value: &[Atom]) {
        type SetValueOf = unsafe extern "C" fn(*mut c_void, c_long, *const RawAtom) -> *mut c_void;
        let code = methods::find(patched.0, "setvalueof").expect("the class has a value");
        let atoms = all_to_raw(value);
        unsafe {
            let code: SetValueOf = std::mem::transmute(code);
            code(patched.0 as *mut c_void, atoms.len() as c_long, atoms.as_ptr());
        }
    }

    /// An attribute of a box, as the inspector reads it.
    pub fn attribute(&self, patched: Patched, name: &str) -> Option<Vec<Atom>> {
        unsafe { attribute_values::get(patched.0, name) }
    }
}

/// A message as it is typed: numbers alone are an int, a float or a list.
fn deliver(patched: Patched, inlet: usize, message: &str) {
    let atoms = parsed(message);
    proxies::at_inlet(patched.0, inlet, || match atoms.as_slice() {
        [Atom::Symbol(selector), rest @ ..] => dispatch::send(patched.0, selector, rest),
        [number] => match proxies::renamed(patched.0, inlet, number) {
            Some((selector, number)) => dispatch::send(patched.0, &selector, &[number]),
            None if matches!(number, Atom::Int(_)) => dispatch::send(patched.0, "int", &atoms),
            None => dispatch::send(patched.0, "float", &atoms),
        },
        _ => dispatch::send(patched.0, "list", &atoms),
    });
}

impl Patched {
    /// Sends this box a message, on whichever of Max's threads this is.
    pub fn send(self, message: &str) {
        deliver(self, 0, message);
    }

    /// Deletes this box.
    pub fn delete(self) {
        unsafe { object_free(self.0 as *mut c_void) };
    }
}
