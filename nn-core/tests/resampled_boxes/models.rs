//! What they ask of a model, and models that fail.

use crate::rig::Rig;
use crate::stand::{MODEL_HZ, found, latency, notes, resampled, settle, source};
use nn_core::{
    engine::loader::Loader,
    fake::{Behaviour, FakeModel},
    layout::BoxKind,
};
use std::sync::atomic::Ordering::Relaxed;

#[test]
fn the_model_runs_only_when_a_block_of_it_is_full() {
    let model = FakeModel::new([1, 512, 1, 512], Behaviour::Gain).with_rate(MODEL_HZ);
    let runs = model.total_runs.clone();
    let mut rig = Rig::new(model, "m forward 0", 64);
    rig.until_loaded();
    rig.send("resample 1");
    settle(&mut rig);
    let before = (runs.load(Relaxed), rig.object.status().counts().buffers);
    rig.play(&[vec![0.5; 64 * 2136]]);
    assert_eq!(rig.object.status().counts().buffers - before.1, 2136);
    let expected = 64.0 * 2136.0 * 48_000.0 / 44_100.0 / 512.0;
    assert!((runs.load(Relaxed) - before.0) as f64 >= expected - 2.0, "{expected}");
    assert!((runs.load(Relaxed) - before.0) as f64 <= expected + 1.0, "{expected}");
}

#[test]
fn faults_of_the_model_are_told_and_time_goes_on() {
    for (name, line) in
        [("fails", "made to fail"), ("panics", "made to panic"), ("not_finite", "NaN or infinity")]
    {
        for buffer in [512, 0] {
            let mut rig = resampled(&format!("{name} forward {buffer}"));
            rig.play(&[vec![1.0; 64 * 40]]);
            let heard = rig.play(&[vec![1.0; 64 * 40]]).remove(0);
            assert!(heard.iter().all(|&s| s == 0.0), "{name}, {buffer}: silence, and no more");
            rig.poll();
            assert!(rig.errors().iter().any(|error| error.contains(line)), "{name}: {:?}", rig.errors());
            rig.send("load m");
            settle(&mut rig);
            let latency = latency(&mut rig);
            assert_eq!(found(&mut rig, latency).0, 0, "{name}, {buffer}");
        }
    }
}

#[test]
fn examples_keep_to_themselves() {
    let mut rig = Rig::of_kind(BoxKind::Mcs, Loader::global(), source(), "m forward 3 256", 64, true);
    rig.send("wait 1");
    rig.poll_until(|events| format!("{events:?}").contains("loaded"));
    rig.send("resample 1");
    settle(&mut rig);
    let latency = latency(&mut rig);
    let constant = |level: f32| vec![level; 64 * 60];
    let heard = rig.play(&[constant(0.25), constant(-0.5), constant(1.0)]);
    for (heard, level) in heard.iter().zip([0.25, -0.5, 1.0]) {
        assert!(heard[latency + 100..].iter().all(|s| (s - level).abs() < 1e-5), "{level}");
    }
}

#[test]
fn a_model_too_far_away_from_the_host_says_so_and_is_left_as_it_is() {
    let far = FakeModel::new([1, 1, 1, 1], Behaviour::Gain).with_rate(200);
    let mut rig = Rig::new(far, "m forward 512", 64);
    rig.until_loaded();
    rig.send("resample 1");
    rig.poll();
    assert!(
        notes(&rig).iter().all(|note| note.ends_with("too far apart to be resampled")),
        "{:?}",
        notes(&rig)
    );
    assert_eq!(latency(&mut rig), 960);
}
