//! What a user sees of a box besides the patch: the window of a double click, the inspector, collectives.
#![cfg(target_os = "linux")]

mod common;

use common::{FORMAT, loaded, max};
use max_host::{Atom, Line, Max, Overdrive, Patched};

/// The text of the only window.
fn text(max: &Max) -> String {
    let windows = max.windows();
    assert_eq!(windows.len(), 1);
    windows[0].text.clone()
}

/// Double clicks, and waits for the window to say this.
fn open(max: &Max, patched: Patched, line: &str) {
    max.call(patched, "dblclick");
    max.until(line, |max| max.windows().iter().any(|window| window.text.contains(line)));
}

#[test]
fn a_double_click_opens_one_window_that_says_all() {
    let max = max();
    let nn = loaded(&max, "nn~ two forward 64");
    max.forget();
    open(&max, nn, "\npath: ");
    let window = max.windows().remove(0);
    assert_eq!((window.owner, window.title.as_str(), window.shown), (nn, "nn~: two.ts", 1));
    for line in ["# loaded 1\n", "# method forward\n", "# dim 2 2\n", "\nmethods:\n", "    channels_in: 2\n"]
    {
        assert!(window.text.contains(line), "{line}: {}", window.text);
    }
    assert_eq!(max.told(nn), Vec::<String>::new(), "it is for the eye alone");
    // The same window again, with what has changed.
    max.send(nn, "method inverse");
    max.until("the method", |max| max.told(nn).contains(&"method inverse".to_owned()));
    open(&max, nn, "# method inverse\n");
    assert_eq!(max.windows().iter().map(|window| window.shown).collect::<Vec<_>>(), [2]);
    // Closed, it is forgotten, and another one opens.
    assert!(!max.close_window(nn), "nobody is asked whether to save it");
    assert_eq!(max.windows(), []);
    open(&max, nn, "# method inverse\n");
    assert_eq!(max.windows()[0].shown, 1);
}

#[test]
fn boxes_without_a_model_say_that_in_the_window() {
    let max = max();
    for (text_of_box, line) in [
        ("nn~", "# there is no model yet: send load MODEL\n"),
        ("mcs.nn~ void 2", "# there is no model yet: send load MODEL\n"),
        ("nn.info", "# there is no model yet: send set MODEL\n"),
    ] {
        let patched = max.create(text_of_box);
        open(&max, patched, line);
        assert_eq!(text(&max), line);
        max.delete(patched);
        assert_eq!(max.windows(), [], "it goes with the box");
    }
}

#[test]
fn nn_info_shows_the_description_that_it_writes() {
    let max = max();
    let info = max.create("nn.info two");
    // Also while the file is being read.
    open(&max, info, "channels_out: 2\n");
    assert!(text(&max).starts_with("path: "), "{}", text(&max));
    assert_eq!(max.windows()[0].title, "nn.info: two.ts");
    assert_eq!(max.all_told(), []);
    max.close_window(info);
}

#[test]
fn boxes_are_deleted_with_their_windows_open_and_before_they_open() {
    let max = max();
    for text_of_box in ["nn~ gain forward 64", "nn~ late forward 64", "mc.nn~", "nn.info two"] {
        for ms in [0, 1, 10, 60] {
            let patched = max.create(text_of_box);
            max.call(patched, "dblclick");
            max.pass(ms);
            max.delete(patched);
            assert_eq!(max.windows(), []);
        }
    }
    max.pass(50);
}

#[test]
fn without_a_text_editor_a_double_click_tells_all_on_the_console_and_the_outlets() {
    let max = max();
    max.lose_text_editor();
    let nn = loaded(&max, "nn~ gain forward 64");
    max.forget();
    max.call(nn, "dblclick");
    max.until("the console", |max| max.console().contains(&Line::Post("nn~: method forward".into())));
    let info = max.create("nn.info two");
    max.call(info, "dblclick");
    max.until("the outlets", |max| max.told(info).contains(&"method inverse".to_owned()));
    assert_eq!(max.windows(), []);
}

#[test]
fn the_inspector_follows_messages() {
    for overdrive in [Overdrive::Off, Overdrive::On] {
        let max = max();
        max.overdrive(overdrive);
        let mc = loaded(&max, "mc.nn~ gain forward 512");
        max.inspect(mc);
        for (message, attribute, value) in [
            ("enable 0", "enable", Atom::Int(0)),
            ("deadline 128", "deadline", Atom::Int(128)),
            ("deadline auto", "deadline", Atom::Symbol("auto".into())),
            ("threads 3", "threads", Atom::Int(3)),
            ("track 1", "track_buffers", Atom::Int(1)),
            ("chans 2", "chans", Atom::Int(2)),
            ("wet 0.25", "wet", Atom::Float(0.25)),
            ("dry 0.5", "dry", Atom::Float(0.5)),
            ("input_gain -6", "input_gain", Atom::Float(-6.0)),
            ("output_gain 3", "output_gain", Atom::Float(3.0)),
            ("enable 1", "enable", Atom::Int(1)),
        ] {
            max.send_from_scheduler(mc, message);
            max.until(message, |max| max.inspected(mc, attribute) == Some(vec![value.clone()]));
        }
        // What is refused is not shown.
        max.send(mc, "threads 99");
        max.send(mc, "deadline never");
        max.send(mc, "wet 2");
        max.pass(5);
        assert_eq!(max.inspected(mc, "threads"), Some(vec![Atom::Int(3)]));
        assert_eq!(max.inspected(mc, "wet"), Some(vec![Atom::Float(0.25)]));
        assert_eq!(max.inspected(mc, "deadline"), Some(vec![Atom::Symbol("auto".into())]));
    }
}

#[test]
fn a_box_may_be_told_or_deleted_by_whoever_hears_of_its_attributes() {
    let max = max();
    let nn = loaded(&max, "nn~ gain forward 64");
    max.listen_to_attributes(nn, |nn, attribute| {
        if attribute == "threads" {
            nn.send("enable 0");
        }
    });
    max.send(nn, "threads 2");
    max.pass(5);
    assert_eq!(max.attribute(nn, "enable"), Some(vec![Atom::Int(0)]));
    max.listen_to_attributes(nn, |nn, _| nn.delete());
    max.forget();
    max.send(nn, "track 1");
    max.pass(60);
    assert_eq!(max.told(nn), Vec::<String>::new());
}

#[test]
fn a_collective_is_told_of_the_model() {
    let max = max();
    let files = |patched| {
        let used = max.file_usage(patched);
        used.into_iter()
            .map(|used| (used.path.file_name().expect("a file").to_owned(), used.as_file))
            .collect::<Vec<_>>()
    };
    for text_of_box in ["nn~ gain forward 64", "mc.nn~ gain", "nn.info gain"] {
        let patched = max.create(text_of_box);
        max.until("a file", |_| !files(patched).is_empty());
        assert_eq!(
            files(patched),
            [("gain.ts".into(), true)],
            "{text_of_box}: as a file, which libtorch can open"
        );
    }
    let nn = loaded(&max, "nn~ gain forward 64");
    max.forget();
    max.send(nn, "load two");
    max.until("another model", |max| max.told(nn).contains(&"loaded 1".to_owned()));
    assert_eq!(files(nn), [("two.ts".into(), true)]);
    assert_eq!(files(max.create("nn~")), []);
    assert_eq!(files(max.create("nn~ nowhere")), []);
}

#[test]
fn a_model_inside_a_collective_is_an_error_that_says_so() {
    let max = max();
    max.open_collective(&["inside.ts"]);
    let nn = max.create("nn~ inside");
    max.audio_on(FORMAT);
    max.until("the errors", |max| max.errors().len() == 2);
    assert_eq!(
        max.errors(),
        [
            "inside.ts is inside this collective, from which libtorch cannot load it".to_owned(),
            max.errors()[1].clone()
        ]
    );
    let searched = &max.errors()[1];
    assert!(
        searched.starts_with("nn~: no model 'inside': put inside.ts beside the patch, ")
            && searched.ends_with(", the patch's folder, Max's search path)"),
        "{searched}"
    );
    max.forget();
    max.send(nn, "load inside");
    assert_eq!(max.errors()[0], "inside.ts is inside this collective, from which libtorch cannot load it");
}
