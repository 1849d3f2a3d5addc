//! The help patches, as they lie in the package: they open without a word of complaint, they sound, and each of their
//! messages is understood.

mod support;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use support::{copy_externals, deinterleave, host::Host, patch::Patch, pd, read_raw, root};

const CLASSES: [&str; 4] = ["nn~", "mc.nn~", "mcs.nn~", "nn.info"];

/// How long each message is heard, in blocks.
const STRETCH_TICKS: usize = 400;

/// A folder as the package has it: externals, help, models. Names that Pd makes different in every patch are told.
fn package() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy_externals(folder.path());
    for (from, to) in
        [("help", "."), ("help/sounds", "sounds"), ("help/scripts", "scripts"), ("models", "models")]
    {
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

/// A message that a patch shows for a box.
struct Shown {
    /// The subpatch that it lies in, if any.
    subpatch: Option<String>,
    text: String,
}

/// The messages that a patch shows for a box.
fn messages(file: &Path) -> Vec<Shown> {
    let text = text(file).replace('\n', " ");
    let mut open: Vec<String> = Vec::new();
    let mut shown = Vec::new();
    for line in text.split("; ").map(str::trim) {
        if let Some(rest) = line.strip_prefix("#N canvas ") {
            open.push(rest.split(' ').nth(4).unwrap_or_default().to_owned());
        } else if line.starts_with("#X restore ") {
            open.pop();
        } else if let Some(content) = line.strip_prefix("#X msg ").and_then(|line| line.splitn(3, ' ').nth(2))
        {
            let is_for_us = content.starts_with(char::is_alphabetic) && !content.starts_with("open ");
            if is_for_us && !content.contains('$') {
                // The first is the patch itself.
                let subpatch = open.get(1..).and_then(<[String]>::last).cloned();
                shown.push(Shown { subpatch, text: content.to_owned() });
            }
        }
    }
    shown
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

/// What is heard of the effect of the help of `nn~` while each of these messages counts, a stretch for each.
fn effect_after(folder: &Path, messages: &[&str]) -> Vec<Vec<f32>> {
    let recording = folder.join("effect.raw");
    let mut host = opened(folder, "nn~");
    // The box of the patch around it hums in silence.
    host.line("message help-nn enable 0").line("run 200");
    host.line("message help-effect wait 1").line("message nn-help-effect float 1");
    host.line(format!("output \"{}\"", recording.display()));
    for message in messages {
        host.line(format!("message help-effect {message}")).line(format!("run {STRETCH_TICKS}"));
    }
    run(&host, "nn~");
    let heard = deinterleave(&read_raw(&recording), 2).swap_remove(0);
    heard.chunks_exact(STRETCH_TICKS * 64).map(<[f32]>::to_vec).collect()
}

#[test]
fn the_effect_sounds_at_a_click_and_follows_its_messages() {
    let folder = package();
    let played = |second: &str, third: &str| effect_after(folder.path(), &["bang", second, third]);
    let (dark, bright) = (played("bang", "set p2 0"), played("output_gain -6", "set p2 1"));
    let silent = played("bang", "wet 0");
    let power = |heard: &[f32]| heard.iter().map(|s| f64::from(s * s)).sum::<f64>() / heard.len() as f64;
    assert!(power(&dark[0]).sqrt() > 0.01, "{}", power(&dark[0]).sqrt());
    assert!(dark.iter().chain(&bright).flatten().all(|sample| sample.is_finite()));
    assert!(dark[0] == bright[0] && dark[1] == silent[1], "the same was played");
    // Changes of the mix take 5 ms, from the block after the message.
    for (softer, before) in bright[1].iter().zip(&dark[1]).skip(512) {
        assert!((softer - before * 10_f32.powf(-0.3)).abs() < 1e-5, "{softer} {before}");
    }
    assert_eq!(power(&silent[2][512..]), 0.0);
    // A parameter counts with the buffer that comes next.
    let steepness = |heard: &[f32]| {
        let steps: Vec<f32> = heard[4096..].windows(2).map(|pair| pair[1] - pair[0]).collect();
        power(&steps) / power(&heard[4096..])
    };
    let (dark, bright) = (steepness(&dark[2]), steepness(&bright[2]));
    assert!(dark * 4.0 < bright, "{dark} {bright}");
}

#[test]
fn the_script_plays_a_tune_at_a_click() {
    let folder = package();
    let recording = folder.path().join("tune.raw");
    let mut host = opened(folder.path(), "nn~");
    // The box of the patch around it hums in silence.
    host.line("message help-nn enable 0").line("run 200");
    host.line("message help-script wait 1").line("message nn-help-script float 1").line("realtime 1500");
    host.line(format!("output \"{}\"", recording.display())).line("realtime 2000");
    let said = run(&host, "nn~");
    assert!(said.iter().any(|line| line.contains("answered: 144 57 100")), "{said:#?}");
    let heard = deinterleave(&read_raw(&recording), 2).swap_remove(0);
    let power = heard.iter().map(|s| f64::from(s * s)).sum::<f64>() / heard.len() as f64;
    assert!(power.sqrt() > 0.02, "{}", power.sqrt());
    let largest_step = heard.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
    assert!(largest_step < 0.05, "it clicks: {largest_step}");
}

#[test]
fn every_message_that_is_shown_is_understood() {
    let folder = package();
    for (class, receiver) in
        [("nn~", "help-nn"), ("mc.nn~", "help-nn"), ("mcs.nn~", "help-nn"), ("nn.info", "help-info")]
    {
        let messages = messages(&help(folder.path(), class));
        assert!(messages.len() >= 9, "{class}: {}", messages.len());
        let mut host = opened(folder.path(), class);
        for Shown { subpatch, text } in messages.iter().filter(|shown| !asks_the_internet(&shown.text)) {
            let receiver = match subpatch.as_deref() {
                Some("attributes") => "help-attribute",
                Some("effects") => "help-effect",
                Some("rendering") => "help-render",
                Some("scripts") => "help-script",
                _ => receiver,
            };
            host.line(format!("message {receiver} {text}")).line("realtime 150");
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
            let is_shown = shown.iter().any(|shown| shown.text.split(' ').next() == Some(name));
            assert!(is_shown, "{classes:?}: no {name}");
        }
    }
}
