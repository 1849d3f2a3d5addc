//! The class `nn.info`.
#![allow(unsafe_code)]

use std::{
    ffi::{c_int, c_void},
    sync::OnceLock,
};

use nn_core::{
    doctor::Host,
    engine::loader::Loader,
    frontend::{alive::Alive, class::Class, emit::emit_in_turn, poll, source::source},
    guard::guarded,
    info::{InTurn, InfoContext, NnInfo, OUTLETS},
    message::Atom,
};

use crate::{
    atoms::from_pd,
    batch::renders_batch,
    emit::BoxOutput,
    ffi::{self, Symbol},
    find::{PdSearchPath, canvas_folder, package_folder},
    optional,
    pd_box::{self, PdBox},
};

static CLASS: Class<ffi::Class> = Class::unmade();

/// The box, as Pd allocates it.
type Instance = pd_box::Instance<Info>;

/// What belongs to a box.
struct Info {
    info: NnInfo,
    outlets: [*mut ffi::Outlet; OUTLETS],
    /// Polls for answers.
    clock: *mut ffi::Clock,
    /// The patch it is in, which lives longer.
    canvas: *mut ffi::Canvas,
    /// Whether the box still exists.
    alive: Alive,
    /// Whether something is being emitted.
    speaking: InTurn,
}

/// Makes the class, once.
///
/// # Safety
/// On Pd's main thread.
pub unsafe fn set_up() {
    // SAFETY: such a function, on Pd's main thread.
    CLASS.make_once(|| unsafe { pd_box::make_class::<Info>(c"nn.info", new as ffi::Method, 0) });
}

/// What the box finds around it, for the time of a call.
fn around<T>(canvas: *const ffi::Canvas, call: impl FnOnce(&InfoContext<'_>) -> T) -> T {
    let folder = canvas_folder(canvas);
    let look = PdSearchPath { canvas, package: package_folder(CLASS.get()) };
    call(&InfoContext { find: &look, folder: folder.as_deref(), host: Some(host()) })
}

/// What this host is, as Pd tells it.
fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| {
        let version = optional::version().map(|[major, minor, patch]| format!("{major}.{minor}-{patch}"));
        Host { name: "Pd", version }
    })
}

unsafe extern "C" fn new(_name: *mut Symbol, count: c_int, atoms: *const ffi::Atom) -> *mut c_void {
    guarded(std::ptr::null_mut(), || {
        // SAFETY: Pd calls this on its main thread while a patch is being built.
        let (arguments, canvas) = unsafe { (from_pd(count, atoms), ffi::canvas_getcurrent()) };
        let info = around(canvas, |around| NnInfo::new(source(), Loader::global(), &arguments, around));
        // SAFETY: a fresh box of our class gets its outlets, clock and state; `pd_new` gives zeroed memory of the size
        // registered.
        unsafe {
            let instance = ffi::pd_new(CLASS.get()).cast::<Instance>();
            if instance.is_null() {
                return std::ptr::null_mut();
            }
            let owner = &raw mut (*instance).head;
            let outlets = [(); OUTLETS].map(|()| ffi::outlet_new(owner, ffi::gensym(c"anything".as_ptr())));
            let clock = Instance::clock(instance);
            let (alive, speaking) = (Alive::default(), InTurn::default());
            Instance::attach(instance, Box::new(Info { info, outlets, clock, canvas, alive, speaking }));
            // Messages and console lines wait until the patch is connected.
            ffi::clock_delay(clock, 0.0);
            instance.cast()
        }
    })
}

impl PdBox for Info {
    type Head = ffi::Object;

    fn clock(&self) -> *mut ffi::Clock {
        self.clock
    }

    fn alive(&self) -> &Alive {
        &self.alive
    }

    fn receive(&mut self, selector: &str, atoms: &[Atom]) {
        around(self.canvas, |around| self.info.handle(selector, atoms, around));
    }

    /// Looks for answers first, one request after the other.
    unsafe fn speak(instance: *mut Instance) {
        // SAFETY: the box is alive; the borrow ends with the block. The outlets are its own, and the events stop once
        // it is deleted.
        let (alive, turn, output) = unsafe {
            let Some(state) = Instance::state(instance) else { return };
            let output = BoxOutput::new(instance.cast(), state.outlets);
            (state.alive.clone(), state.speaking.begin(), output)
        };
        emit_in_turn(&turn, &alive, &output, |is_nested| {
            // SAFETY: the box is alive; the borrow ends before anything is emitted.
            let Some(state) = (unsafe { Instance::state(instance) }) else { return Vec::new() };
            state.next(is_nested)
        });
    }
}

impl Info {
    /// What is to be said next. Nothing: looks again later, if anything is on its way.
    fn next(&mut self, is_nested: bool) -> Vec<nn_core::info::InfoEvent> {
        match (renders_batch(), is_nested) {
            // A rendering is to be the same every time, and may end at any time.
            (true, false) => self.info.settle(),
            (true, true) => self.info.settle_questions(),
            (false, false) => self.info.poll(),
            (false, true) => {}
        }
        let events = self.info.take_events();
        if events.is_empty() && !is_nested && self.info.pending() {
            // SAFETY: the clock of the living box.
            unsafe { ffi::clock_delay(self.clock, poll::SOON_MS) };
        }
        events
    }
}
