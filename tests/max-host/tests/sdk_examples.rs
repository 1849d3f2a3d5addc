//! Examples of the public Max SDK run in the host, each compiled from where the SDK lies. The SDK is not part of this
//! project: `NN_MAX_SDK=<its folder> cargo test -p max-host --test sdk_examples`, its submodule max-sdk-base included.
#![cfg(target_os = "linux")]

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use max_host::{Atom, Format, Line, Max, Overdrive, Patched};

const FORMAT: Format = Format { rate_hz: 44_100.0, vector_frames: 64 };

/// A host with this example, `None` when there is no SDK.
fn max_with(source: &str, class: &str) -> Option<Max> {
    let Some(sdk) = std::env::var_os("NN_MAX_SDK").map(PathBuf::from) else {
        eprintln!("skipped: {class} is an example of the Max SDK, and NN_MAX_SDK does not name its folder");
        return None;
    };
    let max = Max::start();
    if !max.has_class(class) {
        max.load(&compiled(&sdk, source));
        max.forget();
    }
    Some(max)
}

/// Compiles an example against the SDK's headers.
fn compiled(sdk: &Path, source: &str) -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| tempfile::tempdir().expect("a folder"));
    let source = sdk.join("source").join(source);
    let base = sdk.join("source/max-sdk-base/c74support");
    assert!(source.is_file(), "{} is missing: is NN_MAX_SDK the SDK's folder?", source.display());
    assert!(base.is_dir(), "{} is missing: check out the SDK's submodule", base.display());
    // Some examples ask for the SDK's table of common symbols and use none of it.
    let nothing = folder.path().join("common_symbols.c");
    std::fs::write(&nothing, "void common_symbols_init(void) {}\n").expect("a file");
    let is_c = source.extension().is_some_and(|ending| ending == "c");
    let file = folder.path().join(source.file_name().expect("a name")).with_extension("so");
    let mut compiler = Command::new(if is_c { "cc" } else { "c++" });
    compiler.args([
        if is_c { "-std=gnu11" } else { "-std=gnu++11" },
        "-DNDEBUG",
        "-w",
        "-O2",
        "-fPIC",
        "-shared",
    ]);
    compiler.args(["max-includes", "msp-includes"].iter().flat_map(|i| ["-I".into(), base.join(i)]));
    compiler.arg(&source).args(is_c.then_some(&nothing)).arg("-o").arg(&file).arg("-lm");
    assert!(compiler.status().expect("there is a compiler").success(), "{}", source.display());
    file
}

fn ramp(frames: usize) -> Vec<f64> {
    (1..=frames).map(|n| n as f64).collect()
}

/// Sends each message to the left inlet and gives all that came out meanwhile.
fn answers(max: &Max, patched: Patched, messages: &[&str]) -> Vec<String> {
    max.forget();
    messages.iter().for_each(|message| max.send(patched, message));
    max.told(patched)
}

fn posts(max: &Max) -> Vec<String> {
    let post = |line| match line {
        Line::Post(line) => Some(line),
        _ => None,
    };
    max.console().into_iter().filter_map(post).collect()
}

#[test]
fn simplemsp_adds_a_number_to_every_sample() {
    let Some(max) = max_with("audio/simplemsp~/simplemsp~.c", "simplemsp~") else { return };
    let simple = max.create("simplemsp~");
    max.wire(simple, 0, 1);
    max.audio_on(FORMAT);
    assert_eq!(posts(&max), ["my sample rate is: 44100.000000"]);
    assert_eq!(max.play(simple, &[ramp(640)]), [ramp(640)]);
    max.send(simple, "0.25");
    let higher: Vec<f64> = ramp(640).iter().map(|s| s + 0.25).collect();
    assert_eq!(max.play_in(simple, &[ramp(640)], 640, &[64, 1, 37]), [higher]);
    assert_eq!(max.hint_of_inlet(simple, 0), "I am inlet 0");
    max.delete(simple);
}

#[test]
fn plussz_tilde_adds_signals_or_a_number_as_its_cords_say() {
    let Some(max) = max_with("audio/plussz~/plussz~.c", "plussz~") else { return };
    let plus = max.create("plussz~ 0.5");
    assert_eq!((max.signal_inlets(plus), max.outlets(plus)), (2, vec!["signal".to_owned()]));
    let (one, two) = (ramp(128), vec![1000.0; 128]);
    let sum = |signal: &[f64], value: f64| -> Vec<f64> { signal.iter().map(|s| s + value).collect() };
    max.wire(plus, 0, 1);
    max.audio_on(FORMAT);
    assert_eq!(max.play(plus, &[one.clone(), two.clone()]), [sum(&one, 0.5)]);
    max.send(plus, "3");
    assert_eq!(max.play(plus, &[one.clone(), two.clone()]), [sum(&one, 3.0)]);
    max.wire(plus, 1, 1);
    max.rebuild();
    assert_eq!(max.play(plus, &[one.clone(), two.clone()]), [sum(&one, 1000.0)]);
    max.wire(plus, 0, 0);
    max.rebuild();
    assert_eq!(max.play(plus, &[one, two.clone()]), [sum(&two, 3.0)]);
    // Without its argument it adds nothing.
    let plain = max.create("plussz~");
    max.wire(plain, 0, 1);
    max.rebuild();
    assert_eq!(max.play(plain, &[ramp(64)]), [ramp(64)]);
}

#[test]
fn index_reads_a_buffer_by_a_signal() {
    let Some(max) = max_with("audio/index~/index~.c", "index~") else { return };
    max.buffer("mono", 1, 44_100.0, vec![0.25, 0.5, 0.75]);
    max.buffer("stereo", 2, 44_100.0, vec![1.0, -1.0, 2.0, -2.0, 3.0, -3.0]);
    assert!(max.try_create("index~").is_none(), "its first argument is a must");
    assert_eq!(max.errors(), ["index~: bad or missing argument 1"]);
    let index = max.create("index~ mono");
    max.wire(index, 0, 1);
    max.audio_on(FORMAT);
    let at = vec![-5.0, 0.0, 0.6, 1.4, 2.0, 9.0];
    assert_eq!(max.play(index, std::slice::from_ref(&at)), [[0.25, 0.25, 0.5, 0.5, 0.75, 0.75]]);
    max.send(index, "set stereo");
    assert_eq!(max.play(index, std::slice::from_ref(&at)), [[1.0, 1.0, 2.0, 2.0, 3.0, 3.0]]);
    max.send_to(index, 1, "2");
    assert_eq!(max.play(index, std::slice::from_ref(&at)), [[-1.0, -1.0, -2.0, -2.0, -3.0, -3.0]]);
    max.call(index, "dblclick");
}

#[test]
fn index_asks_for_samples_of_a_buffer_that_is_none_which_the_host_notes() {
    let Some(max) = max_with("audio/index~/index~.c", "index~") else { return };
    let index = max.create("index~ nowhere");
    max.audio_on(FORMAT);
    assert_eq!(max.play(index, &[ramp(64)]), [vec![0.0; 64]]);
    assert_eq!(max.take_breaches(), ["a buffer that is none, or is gone"]);
}

#[test]
fn mc_rotate_turns_as_many_channels_as_arrive() {
    let Some(max) = max_with("mc/mc.rotate~/mc.rotate~.c", "mc.rotate~") else { return };
    let rotate = max.create("mc.rotate~");
    for channels in [1, 2, 5, 16] {
        max.wire(rotate, 0, channels);
        max.audio_on(FORMAT);
        let input: Vec<Vec<f64>> =
            (0..channels).map(|c| ramp(200).iter().map(|s| s + 1000.0 * c as f64).collect()).collect();
        let mut turned = input.clone();
        turned.rotate_right(1);
        assert_eq!(max.play_in(rotate, &input, 200, &[64, 3]), turned, "{channels} channels");
    }
}

#[test]
fn mc_pack_packs_signals_and_numbers_and_loses_two_pieces_of_memory() {
    if std::env::var_os("NN_MAX_SDK").is_none() {
        let _skipped = max_with("", "mc.pack~");
        return;
    }
    let packs = || {
        let max = max_with("mc/mc.pack~/mc.pack~.c", "mc.pack~").expect("there is an SDK");
        let pack = max.create("mc.pack~ 3");
        max.wire(pack, 0, 2);
        max.wire(pack, 2, 1);
        max.audio_on(FORMAT);
        max.send_to(pack, 1, "0.5");
        let input = [ramp(64), vec![8.0; 64], vec![9.0; 64], vec![7.0; 64]];
        // The first channel of the first inlet, the number of the second, the third.
        assert_eq!(max.play(pack, &input), [ramp(64), vec![0.5; 64], vec![7.0; 64]]);
        max.send(pack, "1 2 3");
        max.wire(pack, 0, 0);
        max.rebuild();
        let input = [vec![8.0; 64], vec![9.0; 64], vec![7.0; 64]];
        assert_eq!(max.play(pack, &input), [vec![1.0; 64], vec![2.0; 64], vec![7.0; 64]]);
        max.send(pack, "mute 1");
        assert_eq!(max.play(pack, &input), vec![vec![0.0; 64]; 3]);
        max.send(pack, "chans 5000");
        assert_eq!(max.attribute(pack, "chans"), Some(vec![Atom::Int(1024)]));
        max.send(pack, "chans 4");
        max.rebuild();
        assert_eq!(max.play(pack, &input).len(), 4);
        max.delete(pack);
    };
    // Two of its tables are never given back, by its source.
    let failed = std::panic::catch_unwind(packs).expect_err("the host sees it");
    let said = failed.downcast_ref::<String>().expect("words");
    assert!(said.contains("[\n    \"2 pieces of memory left over\",\n]"), "{said}");
}

#[test]
fn simplethread_counts_on_a_thread_of_its_own() {
    let Some(max) = max_with("advanced/simplethread/simplethread.c", "simplethread") else { return };
    for overdrive in [Overdrive::Off, Overdrive::On] {
        max.overdrive(overdrive);
        let simple = max.create("simplethread");
        max.send(simple, "sleeptime 10");
        max.send(simple, "foo 100");
        max.send(simple, "bang");
        max.until("three numbers", |max| max.told(simple).len() >= 3);
        max.send(simple, "cancel");
        let told = max.told(simple);
        let (last, numbers) = told.split_last().expect("it told something");
        assert_eq!(last, "cancelled");
        let numbers: Vec<i64> = numbers
            .iter()
            .map(|told| told.strip_prefix("int ").expect("an int").parse().expect("it"))
            .collect();
        assert!(numbers[0] > 100 && numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
        // Freed while its thread runs.
        max.send(simple, "bang");
        max.delete(simple);
        max.forget();
    }
}

#[test]
fn attrtester_answers_for_its_attributes() {
    let Some(max) = max_with("basics/attrtester/attrtester.c", "attrtester") else { return };
    let tester = max.create("attrtester @max 150 @min 20 @usemin 1");
    let value = |name: &str| max.attribute(tester, name).map(|value| value[0].to_string());
    // The default function clips, its own does not take what is above the other.
    assert_eq!((value("max").as_deref(), value("min").as_deref()), (Some("100"), Some("20")));
    max.send(tester, "min 101");
    assert_eq!(value("min").as_deref(), Some("20"));
    assert_eq!(
        answers(&max, tester, &["5", "usemax 1", "500.75", "usemin 0", "-3"]),
        ["int 20", "int 100", "int -3"]
    );
    assert_eq!(max.look("attrtester", "usemin", "label").as_deref(), Some("Use Minimum"));
    assert_eq!(
        max.look("attrtester", "val", "enumvals").as_deref(),
        Some("zero one two \"three four\" five")
    );
    assert_eq!(max.look("attrtester", "val", "category").as_deref(), Some("Value"));
}

#[test]
fn dict_group_gathers_entries_and_hands_them_out() {
    let Some(max) = max_with("dictionary/dict.group/dict.group.c", "dict.group") else { return };
    let group = max.create("dict.group mine");
    max.send(group, "pitch 60");
    max.send(group, "where 0.5 left");
    max.send(group, "pitch 61 amp : 0.25");
    max.send(group, "a : 1 b : two");
    assert_eq!(max.shown("mine").as_deref(), Some("where: 0.5 left, pitch: 61, amp: 0.25, a: 1, b: two"));
    assert_eq!(answers(&max, group, &["bang"]), ["dictionary mine"]);
    assert_eq!(max.shown("mine").as_deref(), Some(""));
    max.send(group, "name other");
    assert_eq!((max.shown("mine"), max.shown("other").as_deref()), (None, Some("")));
}

#[test]
fn dict_strip_takes_entries_out_by_paths_of_keys() {
    let Some(max) = max_with("dictionary/dict.strip/dict.strip.c", "dict.strip") else { return };
    let strip = max.create("dict.strip one many absent");
    let words = |text: &str| text.split(' ').map(|word| Atom::Symbol(word.into())).collect::<Vec<_>>();
    max.dictionary("d", &[("one", vec![Atom::Int(1)]), ("rest", words("x")), ("many", words("a b"))]);
    assert_eq!(max.attribute(strip, "keys"), Some(words("one many absent")));
    assert_eq!(answers(&max, strip, &["dictionary d"]), ["one 1", "many a b", "dictionary d"]);
    assert_eq!(max.shown("d").as_deref(), Some("rest: x"));
    assert_eq!(answers(&max, strip, &["keys nowhere::deep"]), Vec::<String>::new());
    assert_eq!(answers(&max, strip, &["dictionary d"]), ["dictionary d"]);
    assert_eq!(max.errors(), ["could not parse key nowhere::deep"]);
}

#[test]
fn dict_route_sorts_dictionaries_by_what_is_in_them() {
    let Some(max) = max_with("dictionary/dict.route/dict.route.c", "dict.route") else { return };
    let route = max.create("dict.route kind : note pitch : *");
    let word = |word: &str| vec![Atom::Symbol(word.into())];
    max.dictionary("note", &[("kind", word("note")), ("pitch", vec![Atom::Int(60)])]);
    max.dictionary("rest", &[("kind", word("rest")), ("pitch", vec![Atom::Int(60)])]);
    max.dictionary("short", &[("kind", word("note"))]);
    for name in ["note", "rest", "short"] {
        max.send(route, &format!("dictionary {name}"));
    }
    let outlets: Vec<usize> = max.all_told().iter().map(|told| told.outlet).collect();
    assert_eq!(outlets, [0, 1, 1]);
    // Another pattern by the right inlet.
    max.send_to(route, 1, "dictionary rest");
    max.forget();
    max.send(route, "dictionary rest");
    assert_eq!(max.all_told()[0].outlet, 0);
    let any = max.create("dict.route");
    max.dictionary("any", &[("schema", word("whatever"))]);
    max.send(any, "dictionary any");
    assert_eq!(max.all_told().last().map(|told| (told.from, told.outlet)), Some((any, 0)));
}

#[test]
fn linky_keeps_atoms_in_a_linked_list() {
    let Some(max) = max_with("advanced/linky/linky.c", "linky") else { return };
    let linky = max.create("linky");
    max.send(linky, "append 1 2.5 three");
    max.send(linky, "reverse");
    max.send(linky, "deleteindex 2");
    max.send(linky, "deleteindex 2");
    max.send(linky, "post");
    assert_eq!(posts(&max), ["post: three", "post: 2.500000"]);
    assert_eq!(max.errors(), ["deleteindex failed"]);
}

#[test]
fn collect_keeps_numbers_in_a_vector_of_cplusplus() {
    let Some(max) = max_with("advanced/collect/collect.cpp", "collect") else { return };
    let collect = max.create("collect 1 2");
    let told = answers(&max, collect, &["3", "0.5", "4 5 6", "count", "bang", "count", "bang"]);
    assert_eq!(told, ["int 7", "list 1 2 3 0.5 4 5 6", "int 0"]);
}

#[test]
fn plussz_and_plussz2_add_what_comes_into_two_inlets() {
    let Some(max) = max_with("basics/plussz/plussz.c", "plussz") else { return };
    let plus = max.create("plussz 10");
    assert_eq!(answers(&max, plus, &["5"]), ["int 15"]);
    max.send_to(plus, 1, "7.9");
    assert_eq!(answers(&max, plus, &["5", "bang"]), ["int 12", "int 12"]);
    drop(max);
    let Some(max) = max_with("basics/plussz2/plussz2.c", "plussz2") else { return };
    let plus = max.create("plussz2");
    max.send_to(plus, 1, "0.5");
    assert_eq!(answers(&max, plus, &["2"]), ["float 2.5"]);
    max.send_to(plus, 1, "3");
    assert_eq!(answers(&max, plus, &["2", "bang"]), ["int 5", "int 5"]);
}

#[test]
fn examples_for_lists_and_numbers_answer_message_by_message() {
    let Some(max) = max_with("misc/iter/iter.c", "iter") else { return };
    let iter = max.create("iter");
    assert_eq!(
        answers(&max, iter, &["1 2.5 x", "bang", "go 7"]),
        ["int 1", "float 2.5", "x", "int 1", "float 2.5", "x", "go", "int 7"]
    );
    drop(max);
    let Some(max) = max_with("misc/match/match.c", "match") else { return };
    let matches = max.create("match 1 nn 3");
    assert_eq!(answers(&max, matches, &["1", "2", "3", "1 3", "3.0"]), ["list 1 2 3", "list 1 3 3"]);
    assert_eq!(answers(&max, matches, &["set a 2", "a 2", "clear", "2"]), ["a 2"]);
    drop(max);
    let Some(max) = max_with("misc/minimum/minimum.c", "minimum") else { return };
    let minimum = max.create("minimum 10");
    assert_eq!(answers(&max, minimum, &["12", "3"]), ["int 1", "int 10", "int 0", "int 3"]);
    assert_eq!(answers(&max, minimum, &["4 2 9"]), ["int 1", "int 2"]);
    drop(max);
    let Some(max) = max_with("misc/past/past.c", "past") else { return };
    let past = max.create("past 10");
    assert_eq!(answers(&max, past, &["9", "10.5", "11", "3", "12"]), ["bang", "bang"]);
    drop(max);
    let Some(max) = max_with("misc/buddy/buddy.c", "buddy") else { return };
    let buddy = max.create("buddy 3");
    max.send_to(buddy, 2, "left right");
    max.send_to(buddy, 1, "0.5");
    assert_eq!(max.told(buddy), Vec::<String>::new());
    assert_eq!(answers(&max, buddy, &["1"]), ["left right", "float 0.5", "int 1"]);
}

#[test]
fn urner_draws_every_number_once_and_refuses_to_be_empty() {
    let Some(max) = max_with("basics/urner/urner.c", "urner") else { return };
    assert!(max.try_create("urner").is_none());
    let urn = max.create("urner 5");
    let mut drawn = answers(&max, urn, &["bang"; 5]);
    drawn.sort();
    assert_eq!(drawn, ["int 0", "int 1", "int 2", "int 3", "int 4"]);
    assert_eq!(answers(&max, urn, &["bang", "reset"]), ["bang"]);
}

#[test]
fn simplemax_says_how_it_was_made() {
    let Some(max) = max_with("basics/simplemax/simplemax.c", "simplemax") else { return };
    max.create("simplemax 1 two 0.5");
    assert_eq!(
        posts(&max)[1..],
        ["it has 3 arguments", "arg 0: long (1)", "arg 1: symbol (two)", "arg 2: float (0.500000)"]
    );
}
