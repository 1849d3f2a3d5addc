//! The class `nn.info`. It has no sound; otherwise its threads are those of the other boxes.
#![allow(unsafe_code)]

mod dictionary;

use std::{
    ffi::{c_long, c_void},
    path::{Path, PathBuf},
    sync::OnceLock,
};

use nn_core::{
    doctor::Host,
    engine::loader::Loader,
    frontend::{
        alive::Alive,
        class::Class,
        emit::{InfoBox, emit_in_turn},
        poll,
        source::source,
    },
    guard::guarded,
    info::{InTurn, InfoContext, NnInfo, OUTLETS, Outlet, Tree},
    message::Atom,
    model::ModelLocation,
};

use crate::{
    atoms::{from_max, give},
    attributes::show_in_inspector,
    deferred::Deferred,
    emit::{BoxOutput, send},
    ffi, find,
    max_box::{self, MaxBox, State, run},
    registration::make_class,
};
use parking_lot::Mutex;

use dictionary::Bound;

static CLASS: Class<ffi::Class> = Class::unmade();

/// What the outlets give, from left to right.
const HINTS: [&str; OUTLETS] = [
    "path of the model",
    "methods, one by one",
    "attributes, one by one",
    "parameters of methods and attributes",
    "everything as a dictionary, errors",
    "models that can be downloaded",
];

/// The box, as Max allocates it.
type Instance = max_box::Instance<Info>;

/// What only `nn.info` has. Shared by the threads that Max calls from.
struct Info {
    /// Whether something is being emitted.
    speaking: InTurn,
    /// The dictionary's name as the main thread left it last: any thread may ask for it.
    named: Mutex<String>,
}

// Max's threads share it.
const _: fn() = || {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<State<Info>>();
};

/// The main thread's part.
struct Main {
    info: NnInfo,
    /// From left to right.
    outlets: [*mut ffi::Outlet; OUTLETS],
    dictionary: Bound,
}

/// What only `nn.info` is asked for: to write into the dictionary of this name.
struct Bind(String);

/// Makes the class, once.
///
/// # Safety
/// On Max's main thread.
pub unsafe fn set_up() {
    let more = |class| {
        // SAFETY: plain registration calls of Max; the functions have the signatures that Max calls them with.
        unsafe {
            let kind = ffi::gensym(c"symbol".as_ptr());
            let dict = ffi::attr_offset_new(c"dict".as_ptr(), kind, 0, get_dict as _, set_dict as _, 0);
            ffi::class_addattr(class, dict);
            show_in_inspector(class, c"dict", c"text", "Name of the dictionary", 1);
        }
    };
    // SAFETY: such a function, on Max's main thread.
    CLASS.make_once(|| unsafe { make_class::<Info>(c"nn.info", new as ffi::Method, more) });
}

/// What the box finds around it, for the time of a call.
fn around<T>(call: impl FnOnce(&InfoContext<'_>) -> T) -> T {
    call(&InfoContext { find: &find::MaxSearchPath, folder: None, host: Some(host()) })
}

/// What this host is, as Max tells it.
fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| Host { name: "Max", version: ffi::max_version().map(release) })
}

/// A release of Max: the upper bits tell what kind of program it is.
fn release(number: u16) -> String {
    format!("{:x}.{:x}.{:x}", number >> 8 & 0xf, number >> 4 & 0xf, number & 0xf)
}

unsafe extern "C" fn new(_name: *mut ffi::Symbol, count: c_long, atoms: *mut ffi::Atom) -> *mut c_void {
    guarded(std::ptr::null_mut(), || {
        // SAFETY: Max calls this on its main thread while a patch is being built.
        let arguments = unsafe { from_max(ffi::attr_args_offset(count as _, atoms), atoms) };
        let info = around(|around| NnInfo::new(source(), Loader::global(), &arguments, around));
        // SAFETY: a fresh box of our class gets its outlets, clock and state; `object_alloc` gives zeroed memory of the
        // size registered.
        unsafe {
            let instance = ffi::object_alloc(CLASS.get()).cast::<Instance>();
            if instance.is_null() {
                return std::ptr::null_mut();
            }
            // From right to left.
            let mut outlets = [(); OUTLETS].map(|()| ffi::outlet_new(instance.cast(), std::ptr::null()));
            outlets.reverse();
            let main = Main { info, outlets, dictionary: Bound::default() };
            let own = Info { speaking: InTurn::default(), named: Mutex::default() };
            Instance::attach(instance, main, own);
            ffi::attr_args_process(instance.cast(), count as _, atoms);
            instance.cast()
        }
    })
}

impl MaxBox for Info {
    type Head = ffi::Object;
    type Main = Main;
    type Deferred = Bind;

    /// One request after the other.
    unsafe fn poll_box(instance: *mut Instance) {
        // SAFETY: a live box, on the main thread, as the caller says; the borrow ends with the block. The outlets are
        // its own, and the events stop once it is deleted.
        let (turn, alive, output) = unsafe {
            let Some(state) = Instance::state(instance) else { return };
            let Some(each) = state.main.try_with(|main| main.outlets) else {
                // In the midst of another callback.
                return state.scheduler.wake();
            };
            let output = BoxOutput::new(instance.cast(), Outlets { instance, each });
            (state.own.speaking.begin(), state.alive.clone(), output)
        };
        emit_in_turn(&turn, &alive, &output, |is_nested| {
            // SAFETY: the box is alive; the borrow ends before anything is emitted.
            unsafe { next(instance, is_nested) }
        });
    }

    fn model_path(main: &Main) -> Option<PathBuf> {
        main.info.model_location().and_then(ModelLocation::as_file).map(Path::to_owned)
    }

    fn hint(_state: &State<Self>, is_inlet: bool, index: usize) -> Option<String> {
        let hint = if is_inlet { "messages" } else { HINTS.get(index)? };
        Some(hint.to_owned())
    }

    fn free_main(main: &mut Main) {
        main.dictionary.release();
    }
}

/// Does what is asked, and gives what is to be said next. Nothing: looks again later, if anything is on its way.
///
/// # Safety
/// On Max's main thread, for a live box of which nothing is borrowed.
unsafe fn next(instance: *mut Instance, is_nested: bool) -> Vec<nn_core::info::InfoEvent> {
    // SAFETY: a live box, as the caller says; the borrow ends with this function.
    let Some(state) = (unsafe { Instance::state(instance) }) else { return Vec::new() };
    let events = state.main.try_with(|main| {
        while let Some(deferred) = state.inbox.take() {
            dispatch(main, deferred);
        }
        if !is_nested {
            main.info.poll();
        }
        // SAFETY: a live box, whose class binds `edclose`.
        let show = |summary| unsafe { state.editor.show(instance.cast(), &summary) };
        if main.info.take_summary().is_some_and(|summary| !show(summary)) {
            around(|around| main.info.handle("dump", &[], around));
        }
        let events = main.info.take_events();
        if events.is_empty() && !is_nested && main.info.pending() {
            state.scheduler.wake_in(poll::SOON_MS);
        }
        *state.own.named.lock() = main.dictionary.name();
        events
    });
    events.unwrap_or_else(|| {
        // In the midst of another callback.
        state.scheduler.wake();
        Vec::new()
    })
}

fn dispatch(main: &mut Main, deferred: Deferred<Bind>) {
    match deferred {
        Deferred::Message(selector, atoms) => around(|around| main.info.handle(&selector, &atoms, around)),
        Deferred::Describe => main.info.ask_summary(),
        Deferred::Own(Bind(name)) => {
            main.dictionary.ask(name.clone());
            main.info.bind(name);
        }
    }
}

/// The outlets of a box, and the box, which has the dictionary.
struct Outlets {
    instance: *mut Instance,
    /// From left to right.
    each: [*mut ffi::Outlet; OUTLETS],
}

impl Outlets {
    /// Does something with the dictionary; `None` while the box is busy.
    fn dictionary<T>(&self, work: impl FnOnce(&mut Bound) -> T) -> Option<T> {
        // SAFETY: a live box (`BoxOutput::new`); the borrow ends with this function.
        let state = unsafe { Instance::state(self.instance) }?;
        state.main.try_with(|main| work(&mut main.dictionary))
    }
}

impl InfoBox for BoxOutput<Outlets> {
    fn send(&self, outlet: Outlet, selector: &str, atoms: &[Atom]) {
        let (selector, atoms) = match (selector, atoms) {
            // In Max a word alone is its own message.
            ("symbol", [Atom::Symbol(word)]) => (word.as_str(), [].as_slice()),
            message => message,
        };
        // SAFETY: the outlet belongs to a live box, on the main thread (`BoxOutput::new`).
        unsafe { send(self.outlets().each[outlet as usize], selector, atoms) };
    }

    fn send_tree(&self, outlet: Outlet, tree: &Tree, _alive: &Alive) {
        if let Some(Some(name)) = self.outlets().dictionary(|dictionary| dictionary.fill(tree)) {
            self.send(outlet, "dictionary", &[Atom::symbol(name)]);
        }
    }

    fn bind(&self, name: String) {
        self.outlets().dictionary(|dictionary| dictionary.bind(name));
    }
}

unsafe extern "C" fn get_dict(
    instance: *mut Instance,
    _attribute: *mut c_void,
    count: *mut c_long,
    atoms: *mut *mut ffi::Atom,
) -> ffi::MaxErr {
    guarded(ffi::MAX_ERR_GENERIC, || {
        // SAFETY: Max asks a live box, and says where the answer is to go.
        unsafe {
            let name = Instance::state(instance).map(|state| {
                let now = state.main.try_with(|main| main.dictionary.name());
                now.unwrap_or_else(|| state.own.named.lock().clone())
            });
            name.map_or(ffi::MAX_ERR_GENERIC, |name| give(&[Atom::symbol(name)], count, atoms))
        }
    })
}

unsafe extern "C" fn set_dict(
    instance: *mut Instance,
    _attribute: *mut c_void,
    count: c_long,
    atoms: *mut ffi::Atom,
) -> ffi::MaxErr {
    guarded(ffi::MAX_ERR_GENERIC, || {
        // SAFETY: Max's call with a live box, passed on.
        unsafe {
            let name = from_max(count, atoms).first().map(ToString::to_string).unwrap_or_default();
            run(instance, Deferred::Own(Bind(name)));
        }
        ffi::MAX_ERR_NONE
    })
}
