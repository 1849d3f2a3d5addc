//! Large models: how much memory their state takes, and that it is right all the same.
#![cfg(all(feature = "torch", feature = "fake"))]

#[path = "../archive_files/mod.rs"]
mod archive_files;
mod file;
mod memory;
#[path = "../rig/mod.rs"]
mod rig;
#[path = "../torch_stand/mod.rs"]
mod torch_stand;

use file::{Content, answers, fork, large, layouts, load, number};
use nn_core::model::Model;
use torch_stand::{Tensor, run};

#[test]
fn copies_of_large_state_are_alone_and_begin_as_the_file_says() {
    let folder = tempfile::tempdir().expect("a folder");
    // More than is copied beforehand, and less.
    for state in [4 << 20, 1 << 18] {
        let mut wanted = None;
        for path in layouts(folder.path(), 1 << 10, state, Content::Numbers) {
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
fn state_that_was_on_a_disk_and_came_back_is_that_of_the_file() {
    const STATE: usize = 22 << 20;
    let folder = tempfile::tempdir().expect("a folder");
    let input = Tensor::zeros(1, 1, 1);
    let sum: f64 = (0..file::PARTS)
        .flat_map(|seed| (0..STATE / file::PARTS).map(move |n| f64::from(file::number_at(seed, n))))
        .sum();
    for path in layouts(folder.path(), 6 << 20, STATE, Content::Numbers) {
        let template = load(&path);
        let read = |model: &mut dyn Model| f64::from(run(model, "read", &input).samples[0]);
        let (mut first, mut second) = (fork(&*template), fork(&*template));
        // Pages of its own in the midst of others that are on the disk.
        let tied = run(&mut *first, "tied", &input).samples[0];
        let before = read(&mut *first);
        assert!(((before - sum - 100.0) / sum).abs() < 1e-4, "{path:?}: {before} of {sum}");
        // A method that writes little: its state comes back while both are alive.
        let mut warm = fork(&*template);
        run(&mut *warm, "forward", &input);
        warm.note_written(number("forward"));
        second.own_written(number("forward"));
        assert_eq!(read(&mut *first), before, "{path:?}: its pages are still there");
        for (name, model) in [("second", second), ("later", fork(&*template)), ("another box", load(&path))] {
            let mut model = model;
            let found = read(&mut *model);
            assert!(((found - sum) / sum).abs() < 1e-4, "{path:?}: {name}: {found} of {sum}");
            assert_eq!(run(&mut *model, "tied", &input).samples[0], tied, "{path:?}: {name}");
        }
    }
}

#[test]
fn tensors_of_one_memory_stay_so_in_copies() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in layouts(folder.path(), 1 << 10, 4 << 20, Content::Numbers) {
        let mut model = load(&path);
        let input = Tensor::zeros(1, 1, 1);
        let [before, after] = [0, 1].map(|_| run(&mut *model, "tied", &input).samples[0]);
        assert_eq!((after - before).round(), 100.0, "{path:?}: 100 numbers are larger by one");
    }
}

#[test]
fn a_file_that_goes_while_it_plays_harms_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in layouts(folder.path(), 1 << 10, 4 << 20, Content::Numbers) {
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
    for path in layouts(folder.path(), 1 << 10, STATE, Content::Numbers) {
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

#[test]
fn copies_of_small_models_fit_and_of_those_that_write_little() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = Tensor::noise(1, 1, 64);
    let fit = |weight: usize, state: usize, methods: &[&str]| {
        let path = folder.path().join("model.ts");
        std::fs::write(&path, archive_files::torch_zip(&large(weight, state, Content::Numbers)))
            .expect("written");
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
    for methods in [&["whole"][..], &["anew"], &["forward", "whole", "read"]] {
        assert!(!fit(6 << 20, 22 << 20, methods), "too large");
    }
}
