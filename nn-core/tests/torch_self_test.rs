//! The self-test of `nn doctor` with libtorch: what it plays is right, and what is stored of it is what the models compute.
//! `NN_WRITE_SELF_TEST=1` stores it anew.
#![cfg(feature = "torch")]

use std::{path::Path, sync::Arc};

use nn_core::{
    doctor::{Libtorch, MODELS, Samples, SelfTest, play, to_store},
    engine::loader::Loader,
    formats::FORMATS,
};

fn test() -> SelfTest {
    SelfTest { source: Arc::new(FORMATS), loader: Loader::global(), real_time: false }
}

#[test]
fn both_models_play_and_their_sound_is_right_however_busy_the_machine_is() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/doctor/self_test/codec.txt");
    let now = to_store(&test(), "codec").expect("it plays");
    if std::env::var_os("NN_WRITE_SELF_TEST").is_some() {
        std::fs::write(&file, &now).expect("written");
    }
    let numbers =
        |text: &str| -> Vec<f32> { text.lines().map(|line| line.parse().expect("a number")).collect() };
    let stored = numbers(&std::fs::read_to_string(&file).expect("it is there"));
    let now = numbers(&now);
    assert!(stored.len() > 60 && stored.len() == now.len(), "{} and {}", stored.len(), now.len());
    let error = stored.iter().zip(&now).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(error < 1e-4, "{file:?} is of another model: NN_WRITE_SELF_TEST=1 stores it anew ({error})");

    let played = play(&test());
    let names: Vec<_> = played.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, MODELS.map(|model| model.name));
    for (name, played) in played {
        let played = played.unwrap_or_else(|what| panic!("{name}: {what}"));
        assert!(played.buffers >= 40 && played.buffer_frames == 2048, "{played:?}");
        assert!(played.worst_ms >= played.median_ms && played.median_ms > 0.0, "{played:?}");
        match (name, &played.samples) {
            ("gain", Samples::Exact) => {}
            ("codec", Samples::Close(db)) if *db < -60.0 => {}
            other => panic!("{other:?}"),
        }
        println!("{name}: {played:?}");
    }
}

#[test]
fn libtorch_is_told_with_the_files_that_are_loaded() {
    let found = Libtorch::open();
    let Libtorch::Opened { version, library, files } = &found else { panic!("{found:?}") };
    assert_eq!(version, "2.13.0");
    assert!(library.is_file(), "{library:?}");
    let own = files.first().expect("its own library");
    assert!(own.to_string_lossy().contains("torch_cpu"), "{files:?}");
    assert!(files.len() > 1 && files.iter().all(|file| file.parent() == own.parent()), "{files:?}");
}
