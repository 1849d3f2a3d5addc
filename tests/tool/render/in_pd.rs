//! A rendering, and a recording of the box in Pure Data: the same samples.

use super::{Folder, noise};
use crate::support::{
    model,
    patch::{Patch, escaped},
    pd,
};
use std::time::Duration;

/// Longer than a busy machine takes.
const LIMIT: Duration = Duration::from_secs(120);

/// Records `frames` samples of boxes one after the other in `pd -batch`, into `pd.wav`; `messages` are lines of Pd's qlist,
/// which `control` hears.
fn record(folder: &Folder, boxes: &[String], frames: usize, messages: &str) {
    let mut patch = Patch::new();
    let (start, control) = (patch.object("r start"), patch.object("r control"));
    patch.object(&format!("table sound {frames}"));
    patch.object(&format!("table heard {frames}"));
    let (read, file) = (patch.object("r file"), patch.object("soundfiler"));
    patch.connect(read, 0, file, 0);
    let (play, record) = (patch.object("tabplay~ sound"), patch.object("tabwrite~ heard"));
    patch.connect(start, 0, play, 0);
    patch.connect(start, 0, record, 0);
    // Each box hears as many outlets as the one before has.
    let mut before = (play, 1);
    for text in boxes {
        let (text, outlets) = text
            .rsplit_once(" out ")
            .map_or((text.as_str(), 1), |(text, outlets)| (text, outlets.parse().expect("a number")));
        let nn = patch.object(text);
        patch.connect(control, 0, nn, 0);
        (0..before.1).for_each(|outlet| patch.connect(before.0, outlet, nn, outlet));
        before = (nn, outlets);
    }
    patch.connect(before.0, 0, record, 0);
    let (begin, both) = (patch.object("loadbang"), patch.object("t b b"));
    let (steps, list) = (patch.message("read steps.txt"), patch.object("qlist"));
    patch.connect(begin, 0, both, 0);
    patch.connect(both, 1, steps, 0);
    patch.connect(steps, 0, list, 0);
    patch.connect(both, 0, list, 0);
    patch.write(&folder.at("session.pd"));
    let text = format!(
        "control wait 1;\ncontrol resample 1;\ncontrol seed 0;\nfile read in.wav sound;\nstart bang;\n\
         pd dsp 1;\n{messages}10000 file write -wave -bytes 4 pd.wav heard;\npd quit;\n"
    );
    std::fs::write(folder.at("steps.txt"), text).expect("written");
    let output = pd::output_within(&mut pd::command(&folder.at("session.pd"), &["-batch"]), LIMIT);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("error"), "{said}");
}

fn path(name: &str) -> String {
    escaped(&model(name).display().to_string())
}

/// With and without latency in the file; random numbers, a model at another rate, latents between two boxes.
#[test]
fn a_rendering_is_the_recording_of_the_box_bit_for_bit() {
    let input = noise(1, 44_100);
    for (words, boxes) in [
        ("codec.ts --buffer 2048", vec![format!("nn~ {} forward 2048", path("codec"))]),
        ("noise.ts --buffer 512", vec![format!("nn~ {} forward 512", path("noise"))]),
        ("latent.ts --buffer 1024", vec![format!("nn~ {} forward 1024", path("latent"))]),
        (
            "codec.ts:encode codec.ts:decode --buffer 2048",
            vec![
                format!("nn~ {} encode 2048 out 24", path("codec")),
                format!("nn~ {} decode 2048", path("codec")),
            ],
        ),
    ] {
        let folder = Folder::new();
        folder.write("in.wav", std::slice::from_ref(&input));
        folder.rendered(&format!("{words} in.wav out.wav --keep-delay"));
        let told = folder.told(&format!("{words} in.wav again.wav --tail 0"));
        let delay = told["delay_frames"].as_u64().expect("a number") as usize;
        let own = told["model_delay_frames"].as_u64().unwrap_or(0) as usize;
        let (heard, aligned) = (folder.read("out.wav"), folder.read("again.wav"));
        assert_eq!((heard[0].len(), aligned[0].len()), (input.len() + delay, input.len()), "{words}");
        record(&folder, &boxes, heard[0].len(), "");
        let recorded = folder.read("pd.wav");
        assert!(recorded[0].iter().any(|&sample| sample.abs() > 0.01), "{words}: silence proves nothing");
        assert!(heard == recorded, "{words}: another sound than in Pure Data");
        let shift = delay + own;
        let common = recorded[0].len() - shift;
        assert!(aligned[0][..common] == recorded[0][shift..], "{words}: the delay is not what it says");
    }
}

#[test]
fn a_move_is_heard_where_a_message_at_its_time_is() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(2, 44_100)]);
    std::fs::write(folder.at("moves.csv"), "0.25,gain,0.5\n0.25,muted,0\n0.5,muted,1\n0.75,muted,0\n")
        .expect("written");
    folder
        .rendered("gain.ts in.wav out.wav --keep-delay --buffer 256 --automation moves.csv --set gain=0.125");
    let boxes = [format!("nn~ {} forward 256", path("gain"))];
    let messages = "control set gain 0.125;\n250 control set gain 0.5;\n250 control set muted 1;\n\
                    250 control set muted 0;\n";
    let heard = folder.read("out.wav");
    record(&folder, &boxes, heard[0].len(), messages);
    assert!(heard == folder.read("pd.wav"), "another sound than in Pure Data");
}
