//! The patch in Max's menu Extras: what there is, and where its help is.

use super::sheet::Sheet;

/// Each box as it is typed, its signals in and out, and a sentence.
const BOXES: [(&str, usize, usize, &str, &str); 3] = [
    (
        "nn~ codec forward 2048",
        1,
        1,
        "nn~.maxhelp",
        "A neural audio model, one cord for each of its channels: MODEL METHOD BUFFER.",
    ),
    (
        "mc.nn~ delay forward 512",
        1,
        1,
        "mc.nn~.maxhelp",
        "Several signals through one model at a time: the channels of a multichannel cord are the examples.",
    ),
    (
        "mcs.nn~ multi swap 2 512",
        2,
        2,
        "mcs.nn~.maxhelp",
        "The same with one inlet and outlet for each example; the channels of a cord are the model's.",
    ),
];

/// `nn~ Overview.maxpat`.
pub fn sheet() -> Sheet {
    let mut s = Sheet::new("overview", "nn~ : neural audio models in Max. Four boxes, each with a help file");
    hear(&mut s);
    s.column(400, "the boxes, and their help");
    s.skip(20);
    let open = s.object(330, "pcontrol", 1, &[""]);
    s.column(400, "");
    for (text, inlets, signals, help, about) in BOXES {
        s.nn(text, inlets, signals);
        let load = s.click(330, &format!("load {help}"));
        s.cord(load, 0, open, 0);
        s.skip(1);
        s.note(about, 560);
        s.skip(1);
    }
    s.object(0, "nn.info codec", 1, &[""; 6]);
    let load = s.click(330, "load nn.info.maxhelp");
    s.cord(load, 0, open, 0);
    s.skip(1);
    s.note(
        "What is in a model file, whether it can run here, and (send it doctor) what this machine lacks.",
        560,
    );
    s.skip(1);
    let test = s.click(0, "load nn-selftest.maxpat");
    s.cord(test, 0, open, 0);
    s.aside(190, "Does all of it play here? The self-test writes a report.", 420);
    s
}

/// A model that sounds at a click.
fn hear(s: &mut Sheet) {
    s.column(0, "hear it");
    let play = s.click(0, "open nn-speech.wav, loop 1, 1; dsp start");
    s.skip(1);
    let stop = s.click(100, "0");
    s.aside(124, "stop", 50);
    s.skip(2);
    let file = s.object(0, "sfplay~", 2, &["signal", "bang"]);
    s.skip(3);
    let nn = s.nn("nn~ codec forward 2048", 1, 1);
    s.skip(2);
    s.loudspeakers((nn, 0), (nn, 0));
    s.skip(1);
    s.note("Speech out of 24 numbers for each 512 samples. Other models: put .ts and .nm files into the package's folder models, or see the tab models of nn~'s help.", 330);
    for (from, to) in [(play, file), (stop, file), (file, nn)] {
        s.cord(from, 0, to, 0);
    }
}
