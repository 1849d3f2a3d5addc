//! All that the host knows, behind one lock that is never held while an external runs.

pub mod array;
pub mod buffer;
pub mod class;
pub mod dictionary;
pub mod dsp;
pub mod inspection;
pub mod instance;
pub mod line;
pub mod list;
pub mod patched;
pub mod schedule;
pub mod told;
pub mod usage;
pub mod window;

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    path::PathBuf,
    sync::Arc,
};

use parking_lot::{Mutex, MutexGuard};

use crate::{abi::Address, breaches, critical};
use array::Array;
use buffer::{Buffer, Reference};
use class::Class;
use dictionary::Dictionary;
use dsp::Dsp;
use inspection::{Listener, Shown};
use instance::{Instance, Outlet, Proxy};
use line::Line;
use list::List;
use schedule::{Clock, Deferred, Overdrive, Qelem};
use told::{Ear, Told};
use usage::Usage;
use window::Window;

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

/// Where clocks and the scheduler run, at the moment.
pub fn overdrive() -> Overdrive {
    world().overdrive
}

impl World {
    /// A fresh world with the classes of this one.
    pub fn begin_anew(&mut self) {
        critical::begin_anew();
        breaches::take();
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
        let (regions, held) = critical::left_over();
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
