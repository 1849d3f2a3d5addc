//! What the archive reader lets through, libtorch can follow on half the stack that loaders have.
#![cfg(feature = "torch")]

mod archive_files;
mod nesting_forms;
mod torch_stand;

use nesting_forms::{Fate, body, forms, random_code};
use nn_core::{
    archive::verify,
    model::{LoadError, ModelSource},
    stack,
};
use torch_stand::{Tensor, models, run, source};

/// Loads, copies and frees a file on a stack of that size; a stack that is too small ends this process.
fn load_on(stack_bytes: usize, bytes: &[u8]) -> Result<(), LoadError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("model.ts");
    std::fs::write(&path, bytes).expect("a file");
    std::thread::scope(|scope| {
        let load = || source().load(&(&path).into()).map(|model| drop(model.fork()));
        let thread = stack::thread("half a loader", stack_bytes).spawn_scoped(scope, load);
        thread.expect("a thread").join().expect("no panic")
    })
}

#[test]
fn every_form_at_its_limit_is_no_danger_on_half_a_loaders_stack() {
    let mut wrong = Vec::new();
    for form in forms() {
        let taken = |count| verify(&(form.make)(count)).is_ok();
        let most = (40..4_096).collect::<Vec<_>>().partition_point(|&count| taken(count)) + 39;
        let count = if form.fate == Fate::Endless { 12 } else { most };
        if form.name.contains("inside subscripts") {
            continue; // Each level takes nine times as long.
        }
        let loaded = load_on(stack::LOADER_BYTES / 2, &(form.make)(count));
        println!("{} {count}: {loaded:?}", form.name);
        let as_expected = match form.fate {
            Fate::Fails => matches!(loaded, Err(LoadError::Runtime { .. })),
            Fate::Loads | Fate::Endless => loaded.is_ok(),
        };
        if !as_expected {
            wrong.push((form.name, loaded));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_run_of_too_many_operators_is_refused_and_a_long_one_runs() {
    let of = |count: usize| body(&"    x = torch.neg(x)\n".repeat(count));
    load_on(stack::LOADER_BYTES / 2, &of(2_000)).expect("long is not too long");
    let error = load_on(stack::LOADER_BYTES / 2, &of(100_000)).expect_err("too long").to_string();
    assert!(error.contains("one run of too many operators"), "{error}");
}

#[test]
fn real_models_run_on_less_than_half_a_workers_stack() {
    for (name, channels, frames) in [("codec", 1, 2_048), ("delay", 1, 2_048)] {
        std::thread::scope(|scope| {
            let work = || {
                let mut model = torch_stand::load(name);
                std::thread::scope(|scope| {
                    let run = || drop(run(&mut *model, "forward", &Tensor::noise(1, channels, frames)));
                    let thread =
                        stack::thread("half a worker", stack::WORKER_BYTES / 2).spawn_scoped(scope, run);
                    thread.expect("a thread").join().expect("it runs");
                });
            };
            stack::thread("loader", stack::LOADER_BYTES)
                .spawn_scoped(scope, work)
                .expect("a thread")
                .join()
                .expect(name);
        });
    }
    assert!(models().is_dir());
}

#[test]
fn random_nesting_around_the_limit_is_refused_or_loads_or_fails_cleanly() {
    let (mut refused, mut loaded, mut failed) = (0, 0, 0);
    for seed in 0..120 {
        let bytes = body(&random_code(seed + 1, 20 + seed as usize * 2));
        if verify(&bytes).is_err() {
            refused += 1;
            continue;
        }
        match load_on(stack::LOADER_BYTES / 2, &bytes) {
            Ok(()) => loaded += 1,
            Err(_) => failed += 1,
        }
    }
    println!("{refused} refused, {loaded} loaded, {failed} failed");
    assert!(refused > 10 && loaded + failed > 10, "{refused} {loaded} {failed}");
}
