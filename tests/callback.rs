//! What the audio callback does, seen from outside: the test host counts C calls made inside Pd's audio tick.

mod support;

use std::path::Path;

use support::{
    host::{Host, Transcript},
    model,
    patch::{Patch, escaped},
};

fn patch(file: &Path, arguments: &str, more: &[&str]) {
    let mut patch = Patch::new();
    let adc = patch.object("adc~ 1");
    let dac = patch.object("dac~ 1");
    let nn = patch.object(&format!("nn~ {arguments}"));
    let (control, told) = (patch.object("r control"), patch.object("s told"));
    patch.connect(adc, 0, nn, 0);
    patch.connect(nn, 0, dac, 0);
    patch.connect(nn, 1, told, 0);
    patch.connect(control, 0, nn, 0);
    for text in more {
        let object = patch.object(text);
        patch.connect(adc, 0, object, 0);
        patch.connect(object, 0, dac, 0);
    }
    patch.write(file);
}

/// Plays and counts; `during` happens while the counting is on.
fn watch(more: &[&str], wait: &str, during: &[&str]) -> Transcript {
    watch_box(&format!("{} forward 2048", path("identity")), more, wait, during)
}

fn path(name: &str) -> String {
    escaped(&model(name).display().to_string())
}

fn watch_box(arguments: &str, more: &[&str], wait: &str, during: &[&str]) -> Transcript {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("watched.pd");
    patch(&file, arguments, more);
    let mut host = Host::new(1, 1);
    host.line("listen told").line(format!("open \"{}\"", file.display()));
    host.line("message control bang").line("until 60 told loaded 1");
    // A host that has just rendered faster than real time may be made to wait for a moment longer.
    let warm_up = if wait == "auto" { "realtime 400 4" } else { "run 1000" };
    host.line(format!("message control wait {wait}"))
        .line("dsp 1")
        .line("noise 3")
        .line(warm_up)
        .line("watch on");
    for line in during {
        host.line(line);
    }
    host.line("report").line("watch off").line("message control stats");
    host.run()
}

const COUNTED: [&str; 8] = ["malloc", "free", "lock", "wait", "thread", "futex_wait", "system", "print"];

fn assert_clean(transcript: &Transcript, blocks: f64) {
    assert_eq!(transcript.number("report", "blocks"), blocks);
    for kind in COUNTED {
        assert_eq!(transcript.number("report", kind), 0.0, "{kind}: {:?}", transcript.after("report"));
    }
}

#[test]
fn no_allocation_free_lock_or_thread_call_in_100_000_blocks() {
    // As fast as the host can: most results come late, which is the path with the most branches.
    let transcript = watch(&[], "0", &["run 100000"]);
    assert_clean(&transcript, 100_000.0);
    // One wake-up per full buffer at most.
    assert!(
        transcript.number("report", "wake") + transcript.number("report", "futex_wake") <= 100_000.0 / 32.0
    );
}

#[test]
fn none_in_real_time_either_while_messages_arrive() {
    let mut during = vec!["realtime 1000 1"];
    for _ in 0..5 {
        during.extend([
            "message control enable 0",
            "realtime 100 4",
            "message control enable 1",
            "realtime 100 16",
        ]);
    }
    let transcript = watch(&[], "auto", &during);
    assert_clean(&transcript, 2000.0);
    let stats = transcript.after("recv told stats").pop().unwrap().to_owned();
    let blocks: f64 =
        stats.split_whitespace().skip_while(|w| *w != "blocks").nth(1).unwrap().parse().unwrap();
    let late: f64 = stats.split_whitespace().skip_while(|w| *w != "late").nth(1).unwrap().parse().unwrap();
    assert!(blocks > 20.0 && late < blocks / 2.0, "sound was played while it was counted: {stats}");
}

#[test]
fn none_while_model_method_buffer_and_state_change_or_blocks_are_late() {
    let load = |name: &str| format!("message control load \"{}\"", model(name).display());
    let messages = [
        "message control set gain 0.5".to_owned(),
        "message control method inverse".into(),
        "message control reset".into(),
        "message control reload".into(),
        load("identity"),
        load("multi"),
        load("codec"),
        load("gain"),
        "message control bufsize 512".into(),
        "message control deadline 256".into(),
        "message control deadline auto".into(),
        "message control bufsize 4096".into(),
        "message control load nowhere".into(),
        // No measuring of a slow model, which takes its time.
        "message control deadline 256".into(),
        load("slow"),
        "message control bufsize 64".into(),
        "message control set work 2000".into(),
        load("gain"),
    ];
    let mut during = Vec::new();
    for message in &messages {
        during.extend([message.as_str(), "realtime 400 4"]);
    }
    let transcript = watch_box(&format!("{} forward 2048", path("gain")), &[], "auto", &during);
    assert_clean(&transcript, 400.0 * messages.len() as f64);
    let said = transcript.after("recv told");
    let loads = said.iter().filter(|line| **line == "loaded 1").count();
    assert!(loads >= 6, "the loads happened while it was counted: {said:#?}");
    let stats = said.last().expect("stats");
    let late: f64 = stats.split_whitespace().skip_while(|w| *w != "late").nth(1).unwrap().parse().unwrap();
    assert!(late > 20.0, "there were late blocks while it was counted: {stats}");
}

#[test]
fn the_count_itself_works() {
    for (kind, counter) in [("malloc", "malloc"), ("free", "free"), ("lock", "lock"), ("thread", "thread")] {
        let transcript = watch(&[&format!("naughty~ {kind}")], "0", &["run 1000"]);
        assert!(transcript.number("report", counter) >= 1000.0, "{kind}: {:?}", transcript.after("report"));
    }
}

#[test]
fn none_while_a_model_goes_over_to_its_own_rate_and_back() {
    let messages = [
        "message control resample 1".to_owned(),
        "message control bufsize 512".into(),
        "message control method encode".into(),
        "message control enable 0".into(),
        "message control enable 1".into(),
        "message control reset".into(),
        format!("message control load \"{}\"", model("gain").display()),
        format!("message control load \"{}\" forward", model("latent").display()),
        "message control resample 0".into(),
    ];
    let mut during = Vec::new();
    for message in &messages {
        during.extend([message.as_str(), "realtime 400 4"]);
    }
    let transcript = watch_box(&format!("{} forward 2048", path("latent")), &[], "auto", &during);
    assert_clean(&transcript, 400.0 * messages.len() as f64);
    let said = transcript.after("recv told");
    assert!(said.iter().filter(|line| line.starts_with("latency ")).count() >= 3, "it happened: {said:#?}");
}
