//! Pure Data of double precision, and several Pure Datas in one process, each on a thread of its own.
#![cfg(target_os = "linux")]

mod support;

use std::{path::Path, process::Command, time::Duration};

use support::{externals, model, patch::Patch, patch::escaped, pd, target_dir};

const INSTANCES: usize = 6;
const TICKS: usize = 1200;

/// The host, as `cargo test --workspace` builds it.
fn host() -> Command {
    let built = ["release", "debug"]
        .into_iter()
        .map(|profile| target_dir().join(profile).join("pd-double"))
        .filter(|path| path.is_file())
        .max_by_key(|path| path.metadata().and_then(|m| m.modified()).ok());
    Command::new(built.expect("pd-double is not built: run `cargo xtask test`"))
}

fn samples(path: &Path) -> Vec<f64> {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    bytes.chunks_exact(8).map(|bytes| f64::from_le_bytes(bytes.try_into().unwrap())).collect()
}

/// What went into an instance and what came out.
type Sound = (Vec<f64>, Vec<f64>);

/// Plays a box in all instances: what each said, what went in and what came out.
fn play(text: &str, messages: &str, ticks: usize) -> (Vec<String>, Vec<Sound>) {
    let folder = tempfile::tempdir().unwrap();
    let mut patch = Patch::new();
    let (adc, dac) = (patch.object("adc~ 1"), patch.object("dac~ 1"));
    let (made, told) = (patch.object(text), patch.object("print told"));
    let (begin, say) = (patch.object("loadbang"), patch.message(messages));
    patch.connect(begin, 0, say, 0);
    patch.connect(say, 0, made, 0);
    if text.starts_with("nn.info") {
        // Its first outlet is the path of the model.
        patch.connect(made, 0, told, 0);
    } else {
        patch.connect(adc, 0, made, 0);
        patch.connect(made, 0, dac, 0);
        patch.connect(made, 1, told, 0);
    }
    let file = folder.path().join("patch.pd");
    patch.write(&file);
    let mut command = host();
    command.arg(&file).arg(externals()).args([INSTANCES.to_string(), ticks.to_string()]).arg(folder.path());
    let output = pd::output_within(&mut command, Duration::from_secs(120));
    let said = String::from_utf8_lossy(&output.stdout).replace('\\', "");
    assert!(
        output.status.success(),
        "{}: {said}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    let sounds = (0..INSTANCES).map(|number| {
        let of = |ending: &str| samples(&folder.path().join(format!("{number}.{ending}")));
        (of("in"), of("raw"))
    });
    (said.lines().map(str::to_owned).collect(), sounds.collect())
}

#[test]
fn every_instance_of_a_pd_of_double_precision_plays_its_own_sound_exactly() {
    const LATENCY: usize = 512 - 64 + 512;
    let text = format!("nn~ {} forward 512", escaped(&model("gain").display().to_string()));
    let (said, sounds) = play(&text, "wait 1 \\, set gain 0.1 \\, get gain", TICKS);
    let complaint = said.iter().find(|line| line.contains("error") || line.contains("couldn't"));
    assert_eq!(complaint, None, "{said:#?}");
    for (number, (dry, wet)) in sounds.iter().enumerate() {
        let length = if number % 2 == 1 { TICKS / 2 } else { TICKS } * 64;
        assert_eq!((dry.len(), wet.len()), (length, length));
        assert!(wet[..LATENCY].iter().all(|&s| s == 0.0), "instance {number} sounds before its latency");
        // The attribute applies from some buffer on, and models compute in single precision.
        let later = 64 * 200;
        for n in later..length {
            let wanted = f64::from(dry[n - LATENCY] as f32 * 0.1);
            assert!(wet[n] == wanted, "instance {number}, sample {n}: {} instead of {wanted}", wet[n]);
        }
        // A number of 64 bits goes in and comes out: 0.1 is not what 32 bits make of it, but the model's attribute is.
        assert!(said.iter().any(|line| line.starts_with(&format!("{number} told: gain 0.1"))), "{said:#?}");
    }
}

#[test]
fn all_boxes_are_there_in_a_pd_of_double_precision() {
    let model = escaped(&model("identity").display().to_string());
    for (class, examples) in [("nn~", ""), ("mc.nn~", ""), ("mcs.nn~", "1 ")] {
        let (said, sounds) = play(&format!("{class} {model} forward {examples}512"), "wait 1", TICKS);
        let complaint = said.iter().find(|line| line.contains("error") || line.contains("couldn't"));
        assert_eq!(complaint, None, "{class}: {said:#?}");
        for (dry, wet) in sounds {
            assert!(wet[960..].iter().zip(&dry).all(|(wet, dry)| *wet == f64::from(*dry as f32)), "{class}");
        }
    }
}

#[test]
fn nn_info_speaks_in_a_pd_of_double_precision() {
    let model = model("identity").display().to_string();
    // The first one waits for libtorch.
    let (said, _) = play(&format!("nn.info {}", escaped(&model)), "path", 20 * TICKS);
    for number in 0..INSTANCES {
        let told = said.iter().find(|line| line.starts_with(&format!("{number} told: ")));
        assert!(told.is_some_and(|line| line.contains(&model)), "{said:#?}");
    }
}
