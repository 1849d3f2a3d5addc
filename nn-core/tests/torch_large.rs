//! Large models: how much memory their state takes, and that it is right all the same.
#![cfg(all(feature = "torch", feature = "fake"))]

mod archive_files;
mod rig;
mod torch_stand;

use std::path::Path;

use archive_files::{Module, int, plain_zip, stored, text};
use nn_core::model::{Model, ModelSource};
use torch_stand::{Tensor, run, source};

const PARTS: usize = 4;
const METHODS: [&str; 4] = ["forward", "read", "whole", "tied"];

/// A model with so many floats of weight and of state: `forward` writes a little of its state, `read` reads all of it,
/// `whole` writes all of it, `tied` writes through one tensor and reads through another of the same memory.
fn large(weight: usize, state: usize) -> Vec<(String, Vec<u8>)> {
    let part = state / PARTS;
    let numbers = |seed: usize, count: usize| -> Vec<u8> {
        (0..count).flat_map(|n| (((n * 31 + seed * 7) % 1009) as f32 * 1e-3 + 0.5).to_le_bytes()).collect()
    };
    let mut module = Module::new().tensor("weight", "Float", weight, &numbers(9, weight));
    for number in 0..PARTS {
        module = module.tensor(&format!("state{number}"), "Float", part, &numbers(number, part));
    }
    for method in METHODS {
        module = module.params(method, &[1; 4]);
    }
    let declared = |name: &str| format!("  {name} : Tensor\n");
    let mut source = declared("weight") + &declared("head");
    source.extend((0..PARTS).map(|number| declared(&format!("state{number}"))));
    source.extend(METHODS.map(|method| declared(&format!("{method}_params"))));
    let method = |name: &str, lines: &[String]| {
        format!(
            "  def {name}(self: __torch__.Model,\n    x: Tensor) -> Tensor:\n    {}\n",
            lines.join("\n    ")
        )
    };
    let each = |line: &dyn Fn(usize) -> String| (0..PARTS).map(line).collect::<Vec<_>>();
    let first = "torch.slice(self.state0, 0, 0, 64)";
    source += &method(
        "forward",
        &[
            format!("_0 = torch.add_({first}, 1.)"),
            "_1 = torch.mul_(torch.slice(self.state1, 0, 5000, 5064), 0.5)".into(),
            format!("y = torch.add(torch.sum({first}), torch.sum(torch.slice(self.state1, 0, 4990, 5070)))"),
            "return torch.add(torch.add(x, y), torch.sum(self.weight))".into(),
        ],
    );
    let sums = each(&|n| format!("s{n} = torch.sum(self.state{n})"));
    let all = "return torch.add(torch.add(torch.add(torch.add(x, s0), s1), s2), s3)".to_owned();
    source += &method("read", &[sums.clone(), vec![all.clone()]].concat());
    let adds = each(&|n| format!("_{n} = torch.add_(self.state{n}, 1.)"));
    source += &method("whole", &[adds, sums, vec![all]].concat());
    source += &method(
        "tied",
        &[
            "_0 = torch.add_(self.head, 1.)".into(),
            "return torch.add(x, torch.sum(torch.slice(self.state3, 0, 0, 200)))".into(),
        ],
    );
    let mut entries = module.source_lines(&source).entries();
    let pickle = &mut entries[0].1;
    tie(pickle, &format!("{}", PARTS), part);
    entries
}

/// Adds `head`: the beginning of the storage of this key, as a tensor of its own.
fn tie(pickle: &mut Vec<u8>, key: &str, count: usize) {
    let names =
        [text("storage"), b"ctorch\nFloatStorage\n".to_vec(), text(key), text("cpu"), int(count)].concat();
    let named = [&b"("[..], &names, b"tQ"].concat();
    let at = pickle.windows(named.len()).position(|bytes| bytes == named).expect("the storage") + named.len();
    pickle.splice(at..at, *b"r\xe8\x03\0\0");
    let end = pickle.len() - b"ub.".len();
    let mut head = [text("head"), b"ctorch._utils\n_rebuild_tensor_v2\n(j\xe8\x03\0\0".to_vec()].concat();
    head.extend([int(0), b"(".to_vec(), int(100), b"t(".to_vec(), int(1), b"t".to_vec()].concat());
    head.extend(b"\x89ccollections\nOrderedDict\n)RtR");
    pickle.splice(end..end, head);
}

fn load(path: &Path) -> Box<dyn Model> {
    source().load(&path.into()).unwrap_or_else(|error| panic!("{error}"))
}

fn fork(model: &dyn Model) -> Box<dyn Model> {
    model.fork().expect("a copy")
}

/// What a model answers to a number of calls of each kind.
fn answers(model: &mut dyn Model) -> Vec<f32> {
    let input = Tensor::zeros(1, 1, 8);
    let calls = ["read", "forward", "forward", "tied", "read", "whole", "tied", "forward", "read"];
    calls.iter().flat_map(|method| run(model, method, &input).samples).collect()
}

/// Files of three layouts, the same in content.
fn layouts(folder: &Path, weight: usize, state: usize) -> Vec<std::path::PathBuf> {
    let entries = large(weight, state);
    let deflated = stored().compression_method(zip::CompressionMethod::Deflated);
    let files = [
        ("torch.ts", archive_files::torch_zip(&entries)),
        ("plain.ts", plain_zip(&entries, stored())),
        ("deflated.ts", plain_zip(&entries, deflated)),
    ];
    let written = files.map(|(name, bytes)| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    });
    written.into()
}

#[test]
fn copies_of_large_state_are_alone_and_begin_as_the_file_says() {
    let folder = tempfile::tempdir().expect("a folder");
    // More than is copied beforehand, and less.
    for state in [4 << 20, 1 << 18] {
        let mut wanted = None;
        for path in layouts(folder.path(), 1 << 10, state) {
            let mut model = load(&path);
            let template = fork(&*model);
            let mut second = load(&path);
            let first = answers(&mut *model);
            let again = answers(&mut *model);
            assert_ne!(first, again, "this shows nothing on a model without state");
            assert_eq!(*wanted.get_or_insert_with(|| first.clone()), first, "{path:?}");
            assert_eq!(answers(&mut *fork(&*template)), first, "{path:?}: after a reset");
            assert_eq!(answers(&mut *second), first, "{path:?}: another box");
            // A copy of what plays goes on where that is, and each goes on alone.
            let mut moved = fork(&*second);
            drop((model, template));
            assert_eq!(answers(&mut *moved), again, "{path:?}: a copy of what plays");
            let mut late = fork(&*moved);
            assert_eq!(answers(&mut *second), again, "{path:?}: the original of a copy");
            assert_eq!(answers(&mut *late), answers(&mut *moved), "{path:?}");
            // The last one that holds the file's memory.
            let mut last = load(&path);
            drop((second, moved, late));
            assert_eq!(answers(&mut *last), first, "{path:?}: the last box");
            assert_eq!(answers(&mut *last), again, "{path:?}: the last box");
        }
    }
}

#[test]
fn tensors_of_one_memory_stay_so_in_copies() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in layouts(folder.path(), 1 << 10, 4 << 20) {
        let mut model = load(&path);
        let input = Tensor::zeros(1, 1, 1);
        let [before, after] = [0, 1].map(|_| run(&mut *model, "tied", &input).samples[0]);
        assert_eq!((after - before).round(), 100.0, "{path:?}: 100 numbers are larger by one");
    }
}

#[test]
fn a_file_that_goes_while_it_plays_harms_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in layouts(folder.path(), 1 << 10, 4 << 20) {
        let model = load(&path);
        let first = answers(&mut *fork(&*model));
        std::fs::File::options().write(true).open(&path).expect("a file").set_len(100).expect("cut");
        assert_eq!(answers(&mut *fork(&*model)), first);
        std::fs::remove_file(&path).expect("removed");
        assert_eq!(answers(&mut *fork(&*model)), first);
    }
}

/// How often this thread has waited for a page so far.
#[cfg(target_os = "linux")]
fn faults() -> usize {
    let stat = std::fs::read_to_string("/proc/thread-self/stat").expect("this thread");
    // proc_pid_stat(5): the name may hold anything, what follows its bracket begins with field 3; minflt is field 10.
    let mut fields = stat.rsplit(')').next().expect("fields").split_whitespace();
    fields.nth(7).expect("a field").parse().expect("a number")
}

#[cfg(target_os = "linux")]
#[test]
fn a_copy_that_was_prepared_waits_for_no_memory_in_its_first_run() {
    const STATE: usize = 4 << 20;
    let pages = STATE * size_of::<f32>() / 4096;
    let folder = tempfile::tempdir().expect("a folder");
    for path in layouts(folder.path(), 1 << 10, STATE) {
        let template = load(&path);
        let input = Tensor::noise(1, 1, 64);
        let first = |model: &mut dyn Model, method: &str| {
            let before = faults();
            let output = run(model, method, &input);
            (faults() - before, output.samples)
        };
        for method in ["forward", "whole"] {
            let mut warm = fork(&*template);
            first(&mut *warm, method);
            warm.note_written(number(method));
        }
        let (as_it_is, answer) = first(&mut *fork(&*template), "whole");
        let mut prepared = fork(&*template);
        prepared.own_written(number("whole"));
        let (when_prepared, same) = first(&mut *prepared, "whole");
        assert_eq!(same, answer, "{path:?}: the content stays");
        let mut little = fork(&*template);
        little.own_written(number("forward"));
        let (after_another, _) = first(&mut *little, "whole");
        println!("{path:?}: {as_it_is}, {when_prepared}, {after_another} of {pages} pages");
        assert!(when_prepared < pages / 8, "{path:?}: {when_prepared} of {pages} pages");
        if as_it_is > pages / 2 {
            assert!(after_another > pages / 2, "{path:?}: what a method does not write is left alone");
        } else {
            assert!(path.ends_with("deflated.ts"), "{path:?}: this shows nothing where pages are not shared");
        }
    }
}

/// What stands in a line of this process' status, in bytes.
#[cfg(target_os = "linux")]
fn status_bytes(line: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("this process");
    let line = status.lines().find_map(|text| text.strip_prefix(line)).expect("a line");
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<usize>().expect("a number") * 1024
}

/// The memory that this process really takes, without what files on a disk hold: its own, and files without a name.
#[cfg(target_os = "linux")]
fn held_bytes() -> usize {
    use std::os::unix::fs::MetadataExt;
    let files = std::fs::read_dir("/proc/self/fd").expect("this process").flatten();
    let images = files.filter(|file| {
        std::fs::read_link(file.path()).is_ok_and(|name| name.to_string_lossy().starts_with("/memfd:"))
    });
    let blocks: u64 =
        images.filter_map(|file| std::fs::metadata(file.path()).ok()).map(|file| file.blocks()).sum();
    status_bytes("RssAnon") + blocks as usize * 512
}

#[cfg(target_os = "linux")]
const VARIABLE: &str = "NN_TEST_LARGE";

/// Runs in a process of its own, which has never held the bytes of the file.
#[cfg(target_os = "linux")]
#[test]
fn a_large_model_takes_at_most_half_as_much_memory_again_as_its_file() {
    if let Some(path) = std::env::var_os(VARIABLE) {
        return live(Path::new(&path));
    }
    let folder = tempfile::tempdir().expect("a folder");
    for path in layouts(folder.path(), 6 << 20, 22 << 20) {
        let name = "a_large_model_takes_at_most_half_as_much_memory_again_as_its_file";
        let mut child = std::process::Command::new(std::env::current_exe().expect("this test"));
        let child = child.args(["--exact", name, "--nocapture"]).env(VARIABLE, &path);
        let output = child.output().expect("a process");
        let said = String::from_utf8_lossy(&output.stdout);
        println!("{path:?}: {said}");
        assert!(output.status.success(), "{}{}", said, String::from_utf8_lossy(&output.stderr));
    }
}

/// The life of a model, as boxes live it.
#[cfg(target_os = "linux")]
fn live(path: &Path) {
    let tensors = (6 + 22) << 22;
    // libtorch itself, and what it keeps after a first run.
    run(&mut *torch_stand::load("codec"), "forward", &Tensor::noise(1, 1, 2048));
    let (before, held_before) = (status_bytes("VmRSS"), held_bytes());
    // From now on the peak is ours.
    std::fs::write("/proc/self/clear_refs", "5").expect("the peak is forgotten");
    let factor = |when: &str| {
        let held = held_bytes().saturating_sub(held_before) as f64 / tensors as f64;
        println!("{held:.2} held {when}");
        assert!(held <= 1.5, "{held:.2} times the file's tensors held {when}");
        let factor = (status_bytes("VmHWM").saturating_sub(before)) as f64 / tensors as f64;
        println!("{factor:.2} {when}");
        assert!(factor <= 1.5, "{factor:.2} times the file's tensors {when}");
    };
    let input = Tensor::noise(1, 1, 2048);
    let play = |model: &mut dyn Model| {
        for _ in 0..3 {
            run(model, "forward", &input);
        }
    };
    let mut model = load(path);
    factor("after the load");
    let template = fork(&*model);
    play(&mut *fork(&*template));
    factor("after the warm-up");
    play(&mut *model);
    run(&mut *model, "read", &input);
    factor("while it plays");
    let mut anew = fork(&*template);
    play(&mut *anew);
    run(&mut *anew, "read", &input);
    play(&mut *model);
    drop(model);
    factor("after a reset");
    let mut reloaded = load(path);
    play(&mut *reloaded);
    play(&mut *anew);
    drop(anew);
    factor("after a reload");
    let mut boxes: Vec<_> = (0..4).map(|_| load(path)).collect();
    for model in &mut boxes {
        play(&mut **model);
    }
    factor("with five boxes");
    drop((boxes, reloaded, template));
    write_all(path, &factor);
}

/// The same for a method that writes all of its state: a copy goes before there is another, which is known once one was
/// noted.
#[cfg(target_os = "linux")]
fn write_all(path: &Path, factor: &dyn Fn(&str)) {
    let method = number("whole");
    let input = Tensor::noise(1, 1, 2048);
    let mut model = load(path);
    let template = fork(&*model);
    let mut warm = fork(&*template);
    run(&mut *warm, "whole", &input);
    factor("when a warm-up writes all of the state");
    assert!(template.copies_fit(), "it is not known yet");
    warm.note_written(method);
    drop(warm);
    assert!(!template.copies_fit() && !model.copies_fit());
    model.own_written(method);
    run(&mut *model, "whole", &input);
    factor("when all of the state is written");
    drop(model);
    let mut anew = fork(&*template);
    anew.own_written(method);
    let first = run(&mut *anew, "whole", &input).samples;
    factor("after a reset of all of the state");
    drop(anew);
    assert_eq!(run(&mut *fork(&*template), "whole", &input).samples, first);
}

/// A box of such a model, in a process of its own: what it takes at most, whatever is asked of it.
#[cfg(target_os = "linux")]
#[test]
fn a_box_that_writes_all_of_a_large_state_takes_at_most_half_as_much_again() {
    if let Some(path) = std::env::var_os(VARIABLE) {
        return play_a_box(Path::new(&path));
    }
    let folder = tempfile::tempdir().expect("a folder");
    for path in layouts(folder.path(), 6 << 20, 22 << 20) {
        let name = "a_box_that_writes_all_of_a_large_state_takes_at_most_half_as_much_again";
        let mut child = std::process::Command::new(std::env::current_exe().expect("this test"));
        let output =
            child.args(["--exact", name, "--nocapture"]).env(VARIABLE, &path).output().expect("a process");
        let said = String::from_utf8_lossy(&output.stdout);
        println!("{path:?}: {said}");
        assert!(output.status.success(), "{}{}", said, String::from_utf8_lossy(&output.stderr));
    }
}

#[cfg(target_os = "linux")]
fn play_a_box(path: &Path) {
    use nn_core::engine::status::LoadState;
    use rig::{Rig, play_for};
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::time::{Duration, Instant};

    let tensors = ((6 + 22) << 22) as f64;
    run(&mut *torch_stand::load("codec"), "forward", &Tensor::noise(1, 1, 2048));
    let (before, held_before) = (status_bytes("VmRSS"), held_bytes());
    std::fs::write("/proc/self/clear_refs", "5").expect("the peak is forgotten");
    let most_held = std::sync::Arc::<AtomicUsize>::default();
    let seen = most_held.clone();
    // Until the process ends.
    std::thread::spawn(move || {
        loop {
            seen.fetch_max(held_bytes(), SeqCst);
            std::thread::sleep(Duration::from_millis(2));
        }
    });
    let mut rig = Rig::with_source(source(), &format!("{} whole 2048", path.display()), 64, true);
    for message in ["wait 0", "reset", "reload", "bufsize 4096", "method forward", "reset", "method whole"] {
        rig.send(message);
        let begin = Instant::now();
        loop {
            play_for(&mut rig, Duration::from_millis(100));
            if rig.object.status().load_state() == LoadState::Ready && !rig.object.pending() {
                break;
            }
            assert!(begin.elapsed().as_secs() < 60, "{message}");
        }
        let held = most_held.load(SeqCst).saturating_sub(held_before) as f64 / tensors;
        let resident = status_bytes("VmHWM").saturating_sub(before) as f64 / tensors;
        println!("{held:.2} held, {resident:.2} resident at most until {message}");
        assert!(held <= 1.5 && resident <= 1.5, "{message}: {held:.2} held, {resident:.2} resident");
    }
    assert_eq!(rig.errors(), Vec::<&str>::new());
}

/// The number of a method.
fn number(method: &str) -> usize {
    METHODS.iter().position(|name| *name == method).expect("a method")
}

#[test]
fn copies_of_small_models_fit_and_of_those_that_write_little() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = Tensor::noise(1, 1, 64);
    let fit = |weight: usize, state: usize, methods: &[&str]| {
        let path = folder.path().join("model.ts");
        std::fs::write(&path, archive_files::torch_zip(&large(weight, state))).expect("written");
        let original = load(&path);
        for method in methods {
            let mut copy = fork(&*original);
            run(&mut *copy, method, &input);
            copy.note_written(number(method));
        }
        original.copies_fit()
    };
    assert!(fit(1 << 10, 4 << 20, &["whole"]), "small");
    assert!(fit(6 << 20, 22 << 20, &["forward", "read", "tied"]), "a little is written");
    #[cfg(target_os = "linux")]
    for methods in [&["whole"][..], &["forward", "whole", "read"]] {
        assert!(!fit(6 << 20, 22 << 20, methods), "too large");
    }
}
