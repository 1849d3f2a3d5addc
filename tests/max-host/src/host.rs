//! The host as tests use it.

use std::{
    ffi::{c_long, c_void},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use crossbeam_channel::unbounded;
use parking_lot::Mutex;

use crate::{
    abi::{Address, Atom, RawAtom},
    arrays,
    atoms::{all_from_raw, all_to_raw, parsed},
    attribute_values,
    audio::{self, Feed, running},
    breaches, calls, count, dictionaries, dispatch,
    max::{Max, Thread},
    memory::sysmem_freeptr,
    methods,
    objects::object_free,
    proxies,
    symbols::symbol,
    threads::{Role, acting, become_role},
    time::{run_clocks, run_queue},
    world::{dsp::Format, line::Line, patched::Patched, schedule::Overdrive, told::Told, world},
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

    /// Label, style and so on of an attribute of a class.
    pub fn look(&self, class: &str, attribute: &str, look: &str) -> Option<String> {
        let world = world();
        let class = world.classes.iter().find(|known| known.name == class)?;
        class.attributes.get(attribute)?.looks.get(look).cloned()
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
        match world_overdrive() {
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

    /// Connects a signal of so many channels to an inlet; 0 takes the cord away. Heard from the next chain on.
    pub fn wire(&self, patched: Patched, inlet: usize, channels: usize) {
        let mut world = world();
        if channels == 0 {
            world.dsp.wires.remove(&(patched.0, inlet));
        } else {
            world.dsp.wires.insert((patched.0, inlet), channels);
        }
    }

    /// Switches audio on, or builds the chain anew.
    pub fn audio_on(&self, format: Format) {
        world().dsp.format = format;
        audio::build();
    }

    /// Switches audio off.
    pub fn audio_off(&self) {
        let mut world = world();
        world.dsp.on = false;
        world.dsp.in_chain.clear();
    }

    /// Builds the chain anew, as an edit of the patch does.
    pub fn rebuild(&self) {
        audio::build();
    }

    /// Plays this into a box (all channels of all inlets, one after the other) and gives what came out of it likewise.
    /// Everything else in the chain plays too.
    pub fn play(&self, patched: Patched, input: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let frames = input.first().map_or(0, Vec::len);
        let vector = world().dsp.format.vector_frames;
        self.play_in(patched, input, frames, &[vector])
    }

    /// The same in vectors of these lengths in turn, none longer than the format's.
    pub fn play_in(
        &self,
        patched: Patched,
        input: &[Vec<f64>],
        frames: usize,
        vectors: &[usize],
    ) -> Vec<Vec<f64>> {
        let feed = Feed { input: input.to_vec(), records: true, ..Feed::default() };
        running().feeds.insert(patched.0, feed);
        let mut left = frames;
        for &vector in vectors.iter().cycle() {
            if left == 0 {
                break;
            }
            let vector = vector.min(left);
            left -= vector;
            self.block(vector);
        }
        running().feeds.remove(&patched.0).map(|feed| feed.heard).unwrap_or_default()
    }

    /// One block of everything, and what the other threads do meanwhile.
    fn block(&self, frames: usize) {
        self.audio.run(move || {
            audio::play_block(frames);
            advance(frames);
        });
        self.service();
    }

    /// Lets the audio thread play by itself, in real time, until [`Max::stop`]; a box hears this again and again.
    pub fn play_on(&mut self, patched: Patched, input: Vec<Vec<f64>>) {
        let feed = Feed { input, repeats: true, ..Feed::default() };
        running().feeds.insert(patched.0, feed);
        let (stop, (done, ended)) = (Arc::new(AtomicBool::new(false)), unbounded());
        let (stopped, scheduler) = (stop.clone(), self.scheduler.clone());
        self.audio.post(move || {
            let mut next = Instant::now();
            while !stopped.load(SeqCst) {
                let format = world().dsp.format;
                audio::play_block(format.vector_frames);
                advance(format.vector_frames);
                match world_overdrive() {
                    Overdrive::On => scheduler.post(run_clocks),
                    Overdrive::InAudioInterrupt => acting(Role::Scheduler, run_clocks),
                    Overdrive::Off => {}
                }
                next += Duration::from_secs_f64(format.vector_frames as f64 / format.rate_hz);
                std::thread::sleep(next.saturating_duration_since(Instant::now()));
            }
            let _waiting = done.send(());
        });
        self.playing = Some((stop, ended));
    }

    /// The end of [`Max::play_on`].
    pub fn stop(&mut self) {
        if let Some((stop, ended)) = self.playing.take() {
            stop.store(true, SeqCst);
            let _ended = ended.recv();
        }
    }

    /// Does what waits: clocks that are due where they belong, then the main thread's queue.
    pub fn service(&self) {
        if self.playing.is_none() {
            match world_overdrive() {
                Overdrive::Off => run_clocks(),
                Overdrive::On => self.scheduler.run(run_clocks),
                Overdrive::InAudioInterrupt => self.audio.run(|| acting(Role::Scheduler, run_clocks)),
            }
        } else if world_overdrive() == Overdrive::Off {
            run_clocks();
        }
        run_queue();
        if world().dsp.broken && world().dsp.on {
            audio::build();
        }
    }

    /// Lets time pass, without sound: at once for the host, as long as it takes for the threads of externals.
    pub fn pass(&self, ms: usize) {
        for _ in 0..ms {
            if self.playing.is_none() {
                world().now_ms += 1.0;
            }
            self.service();
            std::thread::sleep(Duration::from_micros(if self.playing.is_some() { 1000 } else { 200 }));
        }
    }

    /// Lets time pass until this holds.
    ///
    /// # Panics
    /// When it does not within 20 s.
    pub fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begin = Instant::now();
        while !holds(self) {
            assert!(begin.elapsed() < Duration::from_secs(20), "{what} never came: {:?}", self.console());
            self.pass(1);
        }
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

fn world_overdrive() -> Overdrive {
    world().overdrive
}

fn advance(frames: usize) {
    let mut world = world();
    world.now_ms += frames as f64 * 1e3 / world.dsp.format.rate_hz;
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
