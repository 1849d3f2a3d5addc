//! The host as tests use it: what is loaded, made, heard and said.

use std::{ffi::c_void, path::Path, sync::Arc};

use parking_lot::Mutex;

use crate::{
    abi::{Address, Atom},
    arrays,
    atoms::{all_to_raw, parsed},
    audio::{self, running},
    breaches, calls, count, dictionaries,
    max::{Max, Thread},
    objects::object_free,
    symbols::symbol,
    threads::{Role, become_role},
    world::{line::Line, patched::Patched, schedule::Overdrive, told::Told, world},
};

static ALONE: Mutex<()> = Mutex::new(());

impl Max {
    /// Starts it, without overdrive, audio off.
    pub fn start() -> Self {
        let alone = ALONE.lock();
        become_role(Role::Main);
        world().begin_anew();
        arrays::open_newer();
        running().feeds.clear();
        Self {
            scheduler: Arc::new(Thread::start(Role::Scheduler)),
            audio: Thread::start(Role::Audio),
            playing: None,
            _alone: alone,
        }
    }

    /// Loads an external, unless its class is known already.
    ///
    /// # Panics
    /// When it cannot be loaded.
    pub fn load(&self, file: &Path) {
        let library =
            unsafe { libloading::os::unix::Library::open(Some(file), libc::RTLD_NOW | libc::RTLD_LOCAL) };
        let library = library.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        unsafe {
            let main: unsafe extern "C" fn(*mut c_void) =
                *library.get(b"ext_main\0").expect("it is an external");
            main(std::ptr::null_mut());
        }
        // As Max: never closed.
        std::mem::forget(library);
    }

    /// True when a class of this name is registered.
    pub fn has_class(&self, name: &str) -> bool {
        world().classes.iter().any(|class| class.registered && class.name == name)
    }

    /// Makes a box from what is typed into it; `None` when its class refuses.
    ///
    /// # Panics
    /// When there is no such class.
    pub fn try_create(&self, text: &str) -> Option<Patched> {
        let (name, arguments) = text.split_once(' ').unwrap_or((text, ""));
        let (new, types) = {
            let world = world();
            let class = world.classes.iter().find(|class| class.registered && class.name == name);
            let class = class.unwrap_or_else(|| panic!("no class {name}"));
            (class.new, class.new_types.clone())
        };
        let mut atoms = all_to_raw(&parsed(arguments));
        let made = match unsafe { calls::make(new, &types, symbol(name), &mut atoms) } {
            Ok(made) => made,
            Err(wrong) => {
                world().console.push(Line::Error(format!("{name}: {wrong}")));
                return None;
            }
        };
        let mut world = world();
        let instance = world.instances.get_mut(&(made as Address))?;
        instance.being_made = false;
        Some(Patched(made as Address))
    }

    /// Makes a box as Max does while it loads a patch, from what the file has kept of it: its text, its inlets and the
    /// kinds of its outlets.
    ///
    /// # Panics
    /// As [`Max::create`].
    pub fn create_saved(&self, text: &str, inlets: i64, outlets: &[&str]) -> Patched {
        let word = |word: &str| Atom::Symbol(word.into());
        let saved = dictionaries::dictionary_new();
        dictionaries::put_atoms(saved, "maxclass", vec![word("newobj")]);
        dictionaries::put_atoms(saved, "text", vec![word(text)]);
        dictionaries::put_atoms(saved, "numinlets", vec![Atom::Int(inlets)]);
        dictionaries::put_atoms(saved, "numoutlets", vec![Atom::Int(outlets.len() as i64)]);
        if !outlets.is_empty() {
            dictionaries::put_atoms(saved, "outlettype", outlets.iter().map(|kind| word(kind)).collect());
        }
        let bound = symbol("#D");
        unsafe { (*bound).thing = saved };
        let made = self.create(text);
        unsafe { (*bound).thing = std::ptr::null_mut() };
        dictionaries::free(saved as Address);
        made
    }

    /// Makes a box from what is typed into it; when audio is on, the chain is built anew.
    ///
    /// # Panics
    /// When there is no such class, or it refuses.
    pub fn create(&self, text: &str) -> Patched {
        let made = self.try_create(text).unwrap_or_else(|| panic!("[{text}] was not made"));
        if world().dsp.on {
            audio::build();
        }
        made
    }

    /// Deletes a box; when audio is on, the chain is built anew.
    pub fn delete(&self, patched: Patched) {
        unsafe { object_free(patched.0 as *mut c_void) };
        if world().dsp.on {
            audio::build();
        }
    }

    /// Hears an outlet, as a cord does: at once, while the box is speaking.
    pub fn listen(&self, patched: Patched, outlet: usize, ear: impl Fn(&Told) + Send + Sync + 'static) {
        world().ears.insert((patched.0, outlet), Arc::new(ear));
    }

    /// What has come out of the outlets of a box so far, as text.
    pub fn told(&self, patched: Patched) -> Vec<String> {
        world().told.iter().filter(|told| told.from == patched).map(Told::text).collect()
    }

    /// The same with the outlets, and of all boxes.
    pub fn all_told(&self) -> Vec<Told> {
        world().told.clone()
    }

    /// Forgets what was said.
    pub fn forget(&self) {
        let mut world = world();
        world.told.clear();
        world.console.clear();
    }

    /// The console's lines so far.
    pub fn console(&self) -> Vec<Line> {
        world().console.clone()
    }

    /// The errors on the console so far.
    pub fn errors(&self) -> Vec<String> {
        let error = |line: Line| match line {
            Line::Error(line) => Some(line),
            _ => None,
        };
        self.console().into_iter().filter_map(error).collect()
    }

    /// A folder of the search path.
    pub fn search(&self, folder: &Path) {
        world().search.push(folder.to_owned());
    }

    /// Chooses where clocks and the scheduler run.
    pub fn overdrive(&self, overdrive: Overdrive) {
        world().overdrive = overdrive;
    }

    /// A `dict`.
    pub fn dictionary(&self, name: &str, entries: &[(&str, Vec<Atom>)]) {
        dictionaries::make(name, entries);
    }

    /// A named dictionary as text.
    pub fn shown(&self, name: &str) -> Option<String> {
        dictionaries::named(name).map(dictionaries::shown)
    }

    /// What was called inside audio callbacks since the last time, by kind; empty when nothing was.
    pub fn calls_inside(&self) -> Vec<(&'static str, u64)> {
        count::take()
    }

    /// The breaches so far, which are then forgiven.
    pub fn take_breaches(&self) -> Vec<String> {
        breaches::take()
    }
}

impl Drop for Max {
    fn drop(&mut self) {
        self.stop();
        self.await_scheduler();
        let left: Vec<Address> = world().instances.keys().copied().collect();
        left.into_iter().for_each(|address| Patched(address).delete());
        let named: Vec<Address> =
            world().dictionaries.iter().filter(|(_, d)| d.retained == 0).map(|(&a, _)| a).collect();
        let mut wrong = world().left_over();
        named.into_iter().for_each(dictionaries::free_root);
        wrong.extend(self.take_breaches());
        if !std::thread::panicking() {
            assert!(wrong.is_empty(), "breaches of Max's rules: {wrong:#?}");
        }
    }
}
