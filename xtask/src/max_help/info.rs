//! Contents of the help of `nn.info`.

use nn_core::message;

use super::sheet::{DOWNLOADS, Sheet};

/// The outlets, from left to right.
const OUTLETS: [&str; 6] = ["path", "methods", "attributes", "parameters", "description", "models"];

/// Its tabs.
pub fn sheets() -> Vec<Sheet> {
    vec![basics(), dictionary(), keys(), models()]
}

fn basics() -> Sheet {
    let mut s = Sheet::new(
        "basics",
        "nn.info : what is in a model file, and whether it can run here. Nothing is played.",
    );
    s.column(0, "");
    s.skip(14);
    let info = s.object(0, "nn.info codec", 1, &[""; 6]);
    s.skip(2);
    for (outlet, name) in OUTLETS.into_iter().enumerate() {
        let print = s.object(140 * outlet, &format!("print {name}"), 1, &[]);
        s.cord(info, outlet, print, 0);
    }
    s.skip(2);
    s.note("Files are read in the background. Problems are lines on the console, each with its cure.", 600);
    s.column(0, "ask");
    s.told(info, 120, nn_core::info::MESSAGES, &["set codec"]);
    s.messages(info, 120, &[("set gain", ""), ("set features", "")]);
    s.told(info, 120, nn_core::info::MESSAGES, &["bang", "dump", "path", "methods", "attributes"]);
    s.column(400, "ask for more");
    s.told(
        info,
        130,
        nn_core::info::MESSAGES,
        &["parameters", "parameters forward", "dump_dict", "write codec.yaml", "doctor", "selftest begin"],
    );
    s
}

fn dictionary() -> Sheet {
    let mut s = Sheet::new("dictionary", "The whole description is a dictionary, under a name of your own");
    s.column(0, "");
    s.skip(5);
    let info = s.object(0, "nn.info gain @dict nn-help-description", 1, &[""; 6]);
    s.skip(2);
    let view = s.dictionary(180, 700, 400);
    s.cord(info, 4, view, 0);
    s.column(0, "ask");
    s.messages(info, 90, &[("dump_dict", "shows it"), ("set codec", "another model"), ("set gain", "")]);
    s.column(400, "where it is");
    s.attribute(info, "dict", "its name");
    s
}

fn keys() -> Sheet {
    let mut s = Sheet::new("keys", "What the description tells");
    s.column(0, "key");
    for (key, about) in [
        ("runnable", "0 when something is known to keep it from running here: see problems"),
        ("methods", "channels_in, channels_out, ratio_in, ratio_out of each"),
        ("attributes", "attribute_type: bool, int, float, string, tensor, buffer"),
        ("rate", "the sample rate for which it was made, -1 for any"),
        ("block", "the smallest buffer in samples"),
        ("streaming", "1 when it carries state from block to block; state says how much"),
        ("producer, format", "who wrote the file, and the number of its format"),
        ("operators", "used by its code, and missing from the libtorch at hand"),
        ("file_bytes", "size of the file; tensor_bytes is that of its numbers"),
    ] {
        s.aside(0, key, 160);
        s.aside(180, about, 640);
        s.skip(2);
    }
    s
}

fn models() -> Sheet {
    let mut s = Sheet::new("models", "Models that can be downloaded: nothing here makes Max wait");
    s.column(0, "");
    s.skip(10);
    let info = s.object(0, "nn.info", 1, &[""; 6]);
    s.skip(2);
    let print = s.object(100, "print models", 1, &[]);
    s.cord(info, 5, print, 0);
    s.column(0, "ask");
    s.told(info, 170, message::CATALOG_MESSAGES, &DOWNLOADS);
    s
}
