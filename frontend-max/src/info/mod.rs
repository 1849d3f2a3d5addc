//! The class `nn.info`. It has no sound; otherwise its threads are those of the other boxes.
#![allow(unsafe_code)]

mod dictionary;

use std::{
    ffi::{CStr, c_char, c_long, c_void},
    mem::size_of,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicPtr, Ordering::Relaxed},
    },
};

use crossbeam_channel::{Receiver, Sender, unbounded};
use nn_core::{
    engine::loader::Loader,
    guard::guarded,
    info::{Event, NnInfo, OUTLETS, Outlet, Speaking, Surroundings},
    message::Atom,
};

use crate::{
    atoms::{from_max, give, name},
    attributes::dress,
    bell::Bell,
    collective,
    editor::Editor,
    emit::{error, note, send},
    ffi, find, hints,
    main_thread::{MainThread, on_main_thread},
    source::{POLL_SOON_MS, source},
};
use parking_lot::Mutex;

use dictionary::Bound;

static CLASS: AtomicPtr<ffi::Class> = AtomicPtr::new(std::ptr::null_mut());

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
#[repr(C)]
struct Instance {
    object: ffi::Object,
    /// Ours, given by `new` and taken back by `free`.
    state: *mut State,
}

/// What belongs to a box. Shared by the threads that Max calls from.
struct State {
    main: MainThread<Main>,
    inbox: Sender<Errand>,
    bell: Bell,
    /// Whether something is being emitted.
    speaking: Speaking,
    /// The window that a double click opens.
    editor: Editor,
    /// The dictionary's name as it was when the main thread last came by: any thread may ask for it.
    named: Mutex<String>,
}

// Max's threads share it.
const _: fn() = || {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<State>();
};

/// The main thread's part.
struct Main {
    info: NnInfo,
    errands: Receiver<Errand>,
    /// From left to right.
    outlets: [*mut ffi::Outlet; OUTLETS],
    dictionary: Bound,
    /// False once the box is deleted: what is being emitted then stops.
    alive: Arc<AtomicBool>,
}

/// Something to be done on the main thread.
enum Errand {
    Message(String, Vec<Atom>),
    /// The name of the dictionary to write into.
    Bind(String),
    /// The model is to be described in a window.
    Describe,
}

/// Makes the class, once.
///
/// # Safety
/// On Max's main thread.
pub unsafe fn set_up() {
    if !CLASS.load(Relaxed).is_null() {
        return;
    }
    // SAFETY: plain registration calls of Max; the functions have the signatures that Max calls them with, and the
    // argument lists end with A_NOTHING.
    unsafe {
        let class = ffi::class_new(
            c"nn.info".as_ptr(),
            new as ffi::Method,
            free as ffi::Method,
            size_of::<Instance>() as c_long,
            std::ptr::null(),
            ffi::A_GIMME as _,
            ffi::A_NOTHING,
        );
        if class.is_null() {
            return;
        }
        let add = |method: ffi::Method, name: &CStr, kind: i32| {
            ffi::class_addmethod(class, method, name.as_ptr(), kind, ffi::A_NOTHING)
        };
        add(assist as _, c"assist", ffi::A_CANT);
        add(double_click as _, c"dblclick", ffi::A_CANT);
        add(window_closed as _, c"edclose", ffi::A_CANT);
        add(file_usage as _, c"fileusage", ffi::A_CANT);
        ffi::class_addmethod(class, bang as _, c"bang".as_ptr(), ffi::A_NOTHING);
        add(anything as _, c"list", ffi::A_GIMME);
        add(anything as _, c"anything", ffi::A_GIMME);
        let kind = ffi::gensym(c"symbol".as_ptr());
        let dict = ffi::attr_offset_new(c"dict".as_ptr(), kind, 0, get_dict as _, set_dict as _, 0);
        ffi::class_addattr(class, dict);
        dress(class, c"dict", c"text", "Name of the dictionary", 1);
        ffi::class_register(ffi::gensym(c"box".as_ptr()), class);
        CLASS.store(class, Relaxed);
    }
}

/// What the box finds around it, for the time of a call.
fn around<T>(call: impl FnOnce(&Surroundings<'_>) -> T) -> T {
    call(&Surroundings { find: &find::MaxPlaces, folder: None })
}

unsafe extern "C" fn new(_name: *mut ffi::Symbol, count: c_long, atoms: *mut ffi::Atom) -> *mut c_void {
    guarded(std::ptr::null_mut(), || {
        // SAFETY: Max calls this on its main thread while a patch is being built.
        let arguments = unsafe { from_max(ffi::attr_args_offset(count as _, atoms), atoms) };
        let info = around(|around| NnInfo::new(source(), Loader::global(), &arguments, around));
        // SAFETY: a fresh box of our class gets its outlets, clock and state; `object_alloc` gives zeroed memory of the
        // size registered.
        unsafe {
            let instance = ffi::object_alloc(CLASS.load(Relaxed)).cast::<Instance>();
            if instance.is_null() {
                return std::ptr::null_mut();
            }
            // From right to left.
            let mut outlets = [(); OUTLETS].map(|()| ffi::outlet_new(instance.cast(), std::ptr::null()));
            outlets.reverse();
            let (inbox, errands) = unbounded();
            let main = Main {
                info,
                errands,
                outlets,
                dictionary: Bound::default(),
                alive: Arc::new(AtomicBool::new(true)),
            };
            let bell = Bell::hang(instance.cast(), serve as _);
            // What there is to say waits until the patch has its cords.
            bell.ring_in(0.0);
            let (speaking, editor, named) = (Speaking::default(), Editor::default(), Mutex::default());
            let state = State { main: MainThread::new(main), inbox, bell, speaking, editor, named };
            (*instance).state = Box::into_raw(Box::new(state));
            ffi::attr_args_process(instance.cast(), count as _, atoms);
            instance.cast()
        }
    })
}

unsafe extern "C" fn free(instance: *mut Instance) {
    guarded((), || {
        // SAFETY: Max deletes the box; its state comes from `new`.
        unsafe {
            let state = std::mem::replace(&mut (*instance).state, std::ptr::null_mut());
            if state.is_null() {
                return;
            }
            let state = Box::from_raw(state);
            state.bell.take_down();
            state.editor.free();
            let released = state.main.try_with(|main| {
                main.alive.store(false, Relaxed);
                main.dictionary.release();
            });
            if released.is_none() {
                std::mem::forget(state);
            }
        }
    });
}

unsafe fn state<'a>(instance: *mut Instance) -> Option<&'a State> {
    // SAFETY: the caller has a live box, and keeps the borrow short.
    unsafe { (*instance).state.as_ref() }
}

/// Does an errand: at once on the main thread, and otherwise when that comes by.
unsafe fn run(instance: *mut Instance, errand: Errand) {
    // SAFETY: a live box; the borrow ends before anything is emitted.
    let Some(state) = (unsafe { state(instance) }) else { return };
    let _open = state.inbox.send(errand);
    if on_main_thread() {
        attend(instance);
    } else {
        state.bell.ring();
    }
}

/// Does what is asked, looks for answers and says what there is to say, one request after the other.
fn attend(instance: *mut Instance) {
    // SAFETY: a live box, on the main thread; the borrow ends with the block.
    let Some(turn) = (unsafe { state(instance).map(|state| state.speaking.begin()) }) else { return };
    loop {
        // SAFETY: as above; the borrow ends before anything is emitted.
        let Some(state) = (unsafe { state(instance) }) else { return };
        let said = state.main.try_with(|main| {
            while let Ok(errand) = main.errands.try_recv() {
                do_errand(main, errand);
            }
            if !turn.is_nested() {
                main.info.poll();
            }
            // SAFETY: a live box, whose class binds `edclose`.
            let show = |sheet| unsafe { state.editor.show(instance.cast(), &sheet) };
            if main.info.take_sheet().is_some_and(|sheet| !show(sheet)) {
                around(|around| main.info.handle("dump", &[], around));
            }
            let events = main.info.take_events();
            if events.is_empty() && !turn.is_nested() && main.info.pending() {
                state.bell.ring_in(POLL_SOON_MS);
            }
            *state.named.lock() = main.dictionary.name();
            (events, main.outlets, main.alive.clone())
        });
        let Some((events, outlets, alive)) = said else { return state.bell.ring() };
        if events.is_empty() {
            return;
        }
        emit(instance, events, outlets, &alive);
        if !alive.load(Relaxed) {
            return;
        }
    }
}

fn do_errand(main: &mut Main, errand: Errand) {
    match errand {
        Errand::Message(selector, atoms) => around(|around| main.info.handle(&selector, &atoms, around)),
        Errand::Bind(name) => {
            main.dictionary.ask(name.clone());
            main.info.bind(name);
        }
        Errand::Describe => main.info.ask_sheet(),
    }
}

/// Whoever hears it may send messages to the box, or delete it: nothing of the box is borrowed while an outlet speaks,
/// and a deleted box says no more.
fn emit(
    instance: *mut Instance,
    events: Vec<Event>,
    outlets: [*mut ffi::Outlet; OUTLETS],
    alive: &AtomicBool,
) {
    for event in events {
        if !alive.load(Relaxed) {
            return;
        }
        let place = |outlet: Outlet| outlets[outlet as usize];
        match event {
            // SAFETY: the box is alive.
            Event::Note(line) => unsafe { note(instance.cast(), &line) },
            // SAFETY: as above.
            Event::Error(line) => unsafe { error(instance.cast(), &line) },
            Event::Message { outlet, selector, atoms } => match (selector.as_str(), atoms.as_slice()) {
                // In Max a word alone is its own message.
                // SAFETY: the outlet belongs to the living box.
                ("symbol", [Atom::Symbol(word)]) => unsafe { send(place(outlet), word, &[]) },
                // SAFETY: as above.
                _ => unsafe { send(place(outlet), &selector, &atoms) },
            },
            Event::Bind(name) => {
                // SAFETY: a live box.
                if let Some(state) = unsafe { state(instance) } {
                    let _bound = state.main.try_with(|main| main.dictionary.bind(name));
                }
            }
            Event::Dictionary { outlet, tree } => {
                // SAFETY: a live box.
                let filled = unsafe { state(instance) }
                    .and_then(|state| state.main.try_with(|main| main.dictionary.fill(&tree)));
                let Some(Some(name)) = filled else { continue };
                // SAFETY: as above.
                unsafe { send(place(outlet), "dictionary", &[Atom::symbol(name)]) };
            }
        }
    }
}

unsafe extern "C" fn serve(instance: *mut Instance) {
    guarded((), || attend(instance));
}

unsafe extern "C" fn anything(
    instance: *mut Instance,
    selector: *mut ffi::Symbol,
    count: c_long,
    atoms: *const ffi::Atom,
) {
    // SAFETY: Max's call with a live box, passed on.
    guarded((), || unsafe { run(instance, Errand::Message(name(selector), from_max(count, atoms))) });
}

unsafe extern "C" fn bang(instance: *mut Instance) {
    // SAFETY: Max's call with a live box, passed on.
    guarded((), || unsafe { run(instance, Errand::Message("bang".into(), Vec::new())) });
}

/// A double click tells all there is to know: in a window, otherwise on the outlets.
unsafe extern "C" fn double_click(instance: *mut Instance) -> *mut c_void {
    // SAFETY: Max's call with a live box, passed on.
    guarded((), || unsafe { run(instance, Errand::Describe) });
    std::ptr::null_mut()
}

/// That window is closed.
unsafe extern "C" fn window_closed(instance: *mut Instance, _text: *mut *mut c_char, _size: c_long) {
    guarded((), || {
        // SAFETY: Max's call with a live box.
        if let Some(state) = unsafe { state(instance) } {
            state.editor.forget();
        }
    });
}

/// A collective is being made: the file that is described belongs to it.
unsafe extern "C" fn file_usage(instance: *mut Instance, list: *mut c_void) {
    guarded((), || {
        // SAFETY: Max's call with a live box.
        let path = unsafe { state(instance) }
            .and_then(|state| state.main.try_with(|main| main.info.model_path().map(Path::to_owned)));
        if let Some(path) = path.flatten() {
            // SAFETY: Max's call, passed on.
            unsafe { collective::add(&path, list) };
        }
    });
}

unsafe extern "C" fn assist(
    _instance: *mut Instance,
    _box: *mut c_void,
    side: c_long,
    index: c_long,
    answer: *mut c_char,
) {
    guarded((), || {
        let index = usize::try_from(index).unwrap_or(0);
        let hint = if side == ffi::ASSIST_INLET { "messages" } else { HINTS.get(index).unwrap_or(&"") };
        // SAFETY: Max offers room for the answer.
        unsafe { hints::write((*hint).to_owned(), answer) };
    });
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
            let name = state(instance).map(|state| {
                let now = state.main.try_with(|main| main.dictionary.name());
                now.unwrap_or_else(|| state.named.lock().clone())
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
            run(instance, Errand::Bind(name));
        }
        ffi::MAX_ERR_NONE
    })
}
