//! The help patches, as they lie in the package: they open without a word of complaint, they sound, and each of their
//! messages is understood.

mod support;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use support::{copy_externals, deinterleave, host::Host, patch::Patch, pd, read_raw, root};

const CLASSES: [&str; 4] = ["nn~", "mc.nn~", "mcs.nn~", "nn.info"];

/// A folder as the package has it: externals, help, models. Names that Pd makes different in every patch are told.
fn package() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy_externals(folder.path());
    for (from, to) in [("help", "."), ("help/sounds", "sounds"), ("models", "models")] {
        let to = folder.path().join(to);
        std::fs::create_dir_all(&to).expect("a folder");
        for entry in std::fs::read_dir(root().join(from)).expect("a folder").flatten() {
            if entry.path().is_file() {
                std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
            }
        }
    }
    for class in CLASSES {
        let file = help(folder.path(), class);
        std::fs::write(&file, text(&file).replace(r"\$0-", "help-")).expect("a patch");
    }
    folder
}

fn help(folder: &Path, class: &str) -> PathBuf {
    folder.join(format!("{class}-help.pd"))
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(file).expect("a patch")
}

/// The messages that a patch shows for a box.
fn messages(file: &Path) -> Vec<String> {
    let text = text(file).replace('\n', " ");
    let boxes = text.split("; ").filter_map(|line| line.trim().strip_prefix("#X msg "));
    let contents = boxes.filter_map(|line| line.splitn(3, ' ').nth(2));
    let is_for_us = |line: &&str| line.starts_with(char::is_alphabetic) && !line.starts_with("open ");
    contents.filter(is_for_us).filter(|line| !line.contains('$')).map(str::to_owned).collect()
}

/// Messages of the catalog have tests of their own.
fn asks_the_internet(message: &str) -> bool {
    let words = ["get_available_models", "print_available_models", "download", "cancel", "delete", "remove"];
    words.contains(&message.split(' ').next().unwrap_or_default())
}

/// A test host with a help patch open.
fn opened(folder: &Path, class: &str) -> Host {
    let mut host = Host::new(0, 2);
    host.line(format!("path \"{}\"", folder.display()));
    host.line(format!("open \"{}\"", help(folder, class).display())).line("realtime 3000");
    host
}

/// Runs what was prepared; fails when Pd complains.
fn run(host: &Host, class: &str) -> Vec<String> {
    let transcript = host.run();
    let complains = |line: &&String| {
        ["error: ", ": error ", "couldn't", "no such", "can't"].iter().any(|word| line.contains(word))
    };
    let complaints: Vec<_> = transcript.lines.iter().filter(complains).collect();
    assert_eq!(complaints, Vec::<&String>::new(), "{class}");
    transcript.lines
}

#[test]
fn every_help_patch_opens_without_complaint() {
    let folder = package();
    for class in CLASSES {
        run(&opened(folder.path(), class), class);
    }
    // An older Pd has no multichannel signals to show.
    let mut quit = Patch::new();
    let (begin, wait, word) = (quit.object("loadbang"), quit.object("del 3000"), quit.message(r"\; pd quit"));
    quit.connect(begin, 0, wait, 0);
    quit.connect(wait, 0, word, 0);
    let file = folder.path().join("quit.pd");
    quit.write(&file);
    for class in ["nn~", "nn.info"] {
        let opened = help(folder.path(), class).display().to_string();
        let output = pd::output_within(&mut pd::command(&file, &["-open", &opened]), Duration::from_secs(60));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{class}: {said}");
        assert!(!said.contains("error") && !said.contains("couldn't"), "{class}: {said}");
    }
}

#[test]
fn the_patches_sound_at_a_click() {
    let folder = package();
    for class in ["nn~", "mc.nn~", "mcs.nn~"] {
        let recording = folder.path().join("sound.raw");
        let mut host = opened(folder.path(), class);
        host.line("message nn-help-play float 1").line(format!("output \"{}\"", recording.display()));
        host.line("realtime 1500");
        run(&host, class);
        for channel in deinterleave(&read_raw(&recording), 2) {
            assert!(channel.iter().all(|sample| sample.is_finite()), "{class}");
            let power = channel.iter().map(|s| f64::from(s * s)).sum::<f64>() / channel.len() as f64;
            assert!(power.sqrt() > 0.01, "{class}: {}", power.sqrt());
        }
    }
}

#[test]
fn every_message_that_is_shown_is_understood() {
    let folder = package();
    for (class, receiver) in
        [("nn~", "help-nn"), ("mc.nn~", "help-nn"), ("mcs.nn~", "help-nn"), ("nn.info", "help-info")]
    {
        let messages = messages(&help(folder.path(), class));
        assert!(messages.len() >= 9, "{class}: {messages:?}");
        let mut host = opened(folder.path(), class);
        for message in messages.iter().filter(|message| !asks_the_internet(message)) {
            let for_attributes = ["set ", "get ", "track "].iter().any(|start| message.starts_with(start));
            let receiver = if class == "nn~" && for_attributes { "help-attribute" } else { receiver };
            host.line(format!("message {receiver} {message}")).line("realtime 150");
        }
        let said = run(&host, class);
        // Without a GPU that is a note.
        assert!(class != "nn.info" || said.iter().any(|line| line.contains("wrote ")), "{said:#?}");
    }
    assert!(folder.path().join("codec.yaml").is_file());
}

#[test]
fn every_message_of_the_boxes_is_shown() {
    let listed = |error: String| {
        let (_, list) = error.split_once("it takes ").expect("a list");
        list.split(", ").map(str::to_owned).collect::<Vec<_>>()
    };
    let of_nn = listed(nn_core::message::parse("?", &[]).expect_err("no such message").to_string());
    let of_info = listed(nn_core::info::parse("?", &[]).expect_err("no such message").to_string());
    let folder = package();
    let shown = |classes: &[&str]| {
        classes.iter().flat_map(|class| messages(&help(folder.path(), class))).collect::<Vec<_>>()
    };
    for (classes, names) in [(&["nn~", "mc.nn~"][..], of_nn), (&["nn.info"], of_info)] {
        let shown = shown(classes);
        // The patch of nn.info points to that of nn~ for the catalog.
        for name in names.iter().filter(|name| classes[0] == "nn~" || !asks_the_internet(name)) {
            let is_shown = shown.iter().any(|message| message.split(' ').next() == Some(name));
            assert!(is_shown, "{classes:?}: no {name} in {shown:?}");
        }
    }
}
