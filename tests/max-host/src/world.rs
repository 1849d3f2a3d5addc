//! All that the host knows, behind one lock that is never held while an external runs.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    path::PathBuf,
    sync::Arc,
};

use parking_lot::{Mutex, MutexGuard};

use crate::{
    abi::{Address, Atom},
    arrays::Array,
    audio::Dsp,
    buffers::{Buffer, Reference},
    classes::Class,
    console::Line,
    dictionaries::Dictionary,
    editors::Window,
    files::Usage,
    inspector::{Listener, Shown},
    lists::List,
    ports::{Ear, Outlet, Told},
    proxies::{NumberInlet, Proxy},
    time::{Clock, Deferred, Overdrive, Qelem},
};

/// A box in the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Patched(pub(crate) Address);

/// An object of a class.
pub struct Instance {
    pub class: usize,
    /// In the order in which they were made: from right to left.
    pub outlets: Vec<Address>,
    pub signal_inlets: usize,
    /// Inlets that give numbers other names.
    pub number_inlets: HashMap<usize, NumberInlet>,
    pub obex: HashMap<String, Address>,
    /// True while its function for new objects runs.
    pub being_made: bool,
    pub being_freed: bool,
    pub out_of_chain: bool,
}

/// All of it.
#[derive(Default)]
pub struct World {
    pub classes: Vec<Class>,
    pub instances: BTreeMap<Address, Instance>,
    pub outlets: HashMap<Address, Outlet>,
    pub ears: HashMap<(Address, usize), Ear>,
    pub clocks: HashMap<Address, Clock>,
    pub qelems: HashMap<Address, Qelem>,
    pub queue: VecDeque<Deferred>,
    pub memory: HashMap<Address, usize>,
    pub proxies: HashMap<Address, Proxy>,
    pub lists: HashMap<Address, List>,
    pub dictionaries: HashMap<Address, Dictionary>,
    pub buffers: HashMap<String, Arc<Buffer>>,
    pub buffer_refs: HashMap<Address, Reference>,
    /// Whoever makes a reference to a buffer that is there is told of it in the midst of that.
    pub tells_of_bindings: bool,
    pub arrays: HashMap<Address, Array>,
    /// Those that are closed too, without their windows.
    pub editors: HashMap<Address, Option<Window>>,
    pub without_editor: bool,
    pub inspected: HashMap<Address, Shown>,
    pub listeners: HashMap<Address, Listener>,
    pub attributes: HashMap<Address, (usize, String)>,
    pub search: Vec<PathBuf>,
    /// Files inside the collective that is open.
    pub collective: Vec<String>,
    /// What is being asked of the files that an object needs.
    pub usage: Option<Usage>,
    pub console: Vec<Line>,
    pub told: Vec<Told>,
    pub breaches: Vec<String>,
    pub now_ms: f64,
    pub overdrive: Overdrive,
    pub dsp: Dsp,
}

static WORLD: Mutex<Option<World>> = Mutex::new(None);

/// The world, locked.
pub struct Guard(MutexGuard<'static, Option<World>>);

impl std::ops::Deref for Guard {
    type Target = World;
    fn deref(&self) -> &World {
        self.0.as_ref().expect("there is one")
    }
}

impl std::ops::DerefMut for Guard {
    fn deref_mut(&mut self) -> &mut World {
        self.0.as_mut().expect("there is one")
    }
}

pub fn world() -> Guard {
    let mut guard = WORLD.lock();
    guard.get_or_insert_default();
    Guard(guard)
}

/// Something that an external must not do.
pub fn breach(what: String) {
    let inside = crate::count::pause();
    let mut world = world();
    if !world.breaches.contains(&what) {
        world.breaches.push(what);
    }
    drop(world);
    crate::count::resume(inside);
}

impl World {
    /// A fresh world with the classes of this one.
    pub fn begin_anew(&mut self) {
        crate::critical::begin_anew();
        let classes = std::mem::take(&mut self.classes);
        let attributes = std::mem::take(&mut self.attributes);
        *self = Self { classes, attributes, ..Self::default() };
    }

    pub fn class_of(&self, instance: Address) -> Option<&Class> {
        self.instances.get(&instance).map(|instance| &self.classes[instance.class])
    }

    /// What is wrong at the end.
    pub fn left_over(&self) -> Vec<String> {
        let mut left = Vec::new();
        let mut note = |count: usize, what: &str| {
            if count > 0 {
                left.push(format!("{count} {what} left over"));
            }
        };
        note(self.clocks.len(), "clocks");
        note(self.qelems.len(), "qelems");
        note(self.buffer_refs.len(), "buffer references");
        note(self.memory.len(), "pieces of memory");
        note(self.proxies.len(), "proxies");
        note(self.lists.len(), "linked lists");
        let (regions, held) = crate::critical::left_over();
        note(regions, "critical regions");
        note(held, "critical regions held");
        note(self.dictionaries.values().filter(|d| d.retained > 0).count(), "retained dictionaries");
        note(self.arrays.values().filter(|a| a.retained > 0).count(), "retained arrays");
        let own = |array: &&Array| !array.of_test && array.name.is_none();
        note(self.arrays.values().filter(own).count(), "atom arrays");
        note(self.editors.values().flatten().count(), "windows");
        let locked = self.buffers.values().filter(|b| b.locks() != 0).count();
        note(locked, "locked buffers");
        left
    }
}

/// Atoms as text.
pub fn joined(atoms: &[Atom]) -> String {
    atoms.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Keeps functions that only externals call in the executable.
#[macro_export]
#[doc(hidden)]
macro_rules! keep {
    ($($function:ident),* $(,)?) => {
        #[used]
        static KEEP: [$crate::world::Kept; [$(stringify!($function)),*].len()] =
            [$($crate::world::Kept($function as *const ())),*];
    };
}

/// An address that lives in a static.
pub struct Kept(#[allow(dead_code, reason = "the linker reads it")] pub *const ());

// An address of code.
unsafe impl Sync for Kept {}
