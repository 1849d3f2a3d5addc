//! How much memory they take at most.
#![cfg(target_os = "linux")]

use std::path::Path;

use crate::{
    file::{Content, fork, layouts, load, number},
    rig,
    torch_stand::{self, Tensor, run, source},
};
use nn_core::model::Model;

/// What stands in a line of this process' status, in bytes.
fn status_bytes(line: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("this process");
    let line = status.lines().find_map(|text| text.strip_prefix(line)).expect("a line");
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<usize>().expect("a number") * 1024
}

/// The memory that this process really takes, without what files on a disk hold: its own, and files without a name.
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

const VARIABLE: &str = "NN_TEST_LARGE";

/// The method of a box that is played.
const METHOD: &str = "NN_TEST_LARGE_METHOD";

/// All layouts of models with state of numbers and of zeros.
fn contents(folder: &Path) -> Vec<std::path::PathBuf> {
    [(Content::Numbers, "numbers"), (Content::Zeros, "zeros")]
        .into_iter()
        .flat_map(|(content, name)| {
            let folder = folder.join(name);
            std::fs::create_dir(&folder).expect("a folder");
            layouts(&folder, 6 << 20, 22 << 20, content)
        })
        .collect()
}

/// Runs in a process of its own, which has never held the bytes of the file.
#[test]
fn a_large_model_takes_at_most_half_as_much_memory_again_as_its_file() {
    if let Some(path) = std::env::var_os(VARIABLE) {
        return live(Path::new(&path));
    }
    let folder = tempfile::tempdir().expect("a folder");
    for path in contents(folder.path()) {
        let name = "memory::a_large_model_takes_at_most_half_as_much_memory_again_as_its_file";
        let mut child = std::process::Command::new(std::env::current_exe().expect("this test"));
        let child = child.args(["--exact", name, "--nocapture"]).env(VARIABLE, &path);
        let output = child.output().expect("a process");
        let said = String::from_utf8_lossy(&output.stdout);
        println!("{path:?}: {said}");
        assert!(
            output.status.success() && said.contains("1 passed"),
            "{}{}",
            said,
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// The life of a model, as boxes live it.
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
    let mut warm = fork(&*template);
    play(&mut *warm);
    factor("after the warm-up");
    warm.note_written(number("forward"));
    drop(warm);
    model.own_written(number("forward"));
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
#[test]
fn a_box_that_writes_all_of_a_large_state_takes_at_most_half_as_much_again() {
    if let Some(path) = std::env::var_os(VARIABLE) {
        return play_a_box(Path::new(&path));
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (path, method) in contents(folder.path()).iter().flat_map(|path| [(path, "whole"), (path, "anew")]) {
        let name = "memory::a_box_that_writes_all_of_a_large_state_takes_at_most_half_as_much_again";
        let mut child = std::process::Command::new(std::env::current_exe().expect("this test"));
        let output = child
            .args(["--exact", name, "--nocapture"])
            .env(VARIABLE, path)
            .env(METHOD, method)
            // What the C library keeps of what was freed is not the model's.
            .env("MALLOC_MMAP_THRESHOLD_", "1048576")
            .output()
            .expect("a process");
        let said = String::from_utf8_lossy(&output.stdout);
        println!("{path:?} {method}: {said}");
        assert!(
            output.status.success() && said.contains("1 passed"),
            "{}{}",
            said,
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

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
    let method = std::env::var(METHOD).expect("a method");
    let mut rig = Rig::with_source(source(), &format!("{} {method} 2048", path.display()), 64, true);
    for message in [
        "wait 0",
        "reset",
        "reload",
        "bufsize 4096",
        "method forward",
        "reset",
        &format!("method {method}"),
        "reset",
    ] {
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
