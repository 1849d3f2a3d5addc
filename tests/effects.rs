//! What messages do to the sound, message by message, in both Pure Datas: the same patch plays in each.

mod support;

use support::{
    model,
    patch::escaped,
    session::{Heard, Player, Session},
};

/// The box `[nn~ MODEL REST]` with a model of the project.
fn boxed(name: &str, rest: &str) -> String {
    format!("{} {rest}", escaped(&model(name).display().to_string()))
}

/// A message to gain.ts, the level that a constant 0.5 has afterwards, what is told, what is wrong.
type Effect = (&'static str, f32, &'static str, &'static str);

/// Gain, then mode, offset and range: the model applies them in this order.
const EFFECTS: &[Effect] = &[
    ("get gain", 0.5, "gain 1", ""),
    ("set gain 0.25", 0.125, "", ""),
    ("get gain", 0.125, "gain 0.25", ""),
    ("set muted on", 0.0, "", ""),
    ("get muted", 0.0, "muted 1", ""),
    ("set muted 0", 0.125, "", ""),
    ("set offset_steps -3", -0.25, "", ""),
    ("get offset_steps", -0.25, "offset_steps -3", ""),
    ("set mode square", -0.359_375, "", ""),
    ("get mode", -0.359_375, "mode square", ""),
    ("set mode half", -0.3125, "", ""),
    ("set range -0.125 0.5", -0.125, "", ""),
    ("get range", -0.125, "range -0.125 0.5", ""),
    ("get curve", -0.125, "curve", ""),
    (
        "set gain -1",
        -0.125,
        "",
        "gain: the model refused -1 (code 1): it takes a float (a number), but not every one",
    ),
    (
        "set range 1 -1",
        -0.125,
        "",
        "range: the model refused 1, -1 (code 1): it takes float float, but not every one",
    ),
    (
        "set mode loud",
        -0.125,
        "",
        "mode: the model refused the word loud (code 1): it takes a string (a word), its code names linear, square, half",
    ),
    (
        "set offset_steps 9",
        -0.125,
        "",
        "offset_steps: the model refused 9 (code 1): it takes an int (a number ",
    ),
    (
        "set offset_steps 1e+20",
        -0.125,
        "",
        "offset_steps: value 1 must be an int (a number below 2^63, cut to a ",
    ),
    ("set gain loud", -0.125, "", "gain: value 1 must be a float (a number), not the word loud"),
    ("set muted maybe", -0.125, "", "muted: value 1 must be a bool (0 or another number, "),
    ("set range 1", -0.125, "", "range takes float float (2 values), not 1 (1): set range float float"),
    ("set range 1 x", -0.125, "", "range: value 2 must be a float (a number), not the word x"),
    ("set curve x", -0.125, "", "curve: there is no array 'x': make one with [array define NAME 512]"),
    ("set gan 1", -0.125, "", "no attribute 'gan': the model has gain, muted, offset_steps, "),
    ("get gun", -0.125, "", "no attribute 'gun': the model has gain, muted, offset_steps, "),
    ("set 3 4", -0.125, "", "set: '3 4': type set ATTRIBUTE VALUE..."),
    ("set", -0.125, "", "set: nothing after it: type set ATTRIBUTE VALUE..."),
    ("set gain", -0.125, "", "gain takes float (1 value), not 0: set gain float"),
    ("get 5", -0.125, "", "get: '5': type get ATTRIBUTE"),
    ("get", -0.125, "", "get: nothing after it: type get ATTRIBUTE"),
    ("enable maybe", -0.125, "", "enable: 'maybe': type enable 0 or enable 1"),
    ("wait long", -0.125, "", "wait: 'long': type wait 0, wait 1 or wait auto"),
    ("latency now", -0.125, "", "latency: 'now': type latency"),
    ("fly 3", -0.125, "", "no message 'fly': it takes "),
    ("symbol x", -0.125, "", "no message 'symbol': it takes "),
    ("list 1 2", -0.125, "", "no message 'list': it takes "),
    // A signal is connected: a number to the inlet means nothing, and breaks nothing.
    ("float 7", -0.125, "", ""),
    ("get gain", -0.125, "gain 0.25", ""),
];

/// What a step must have brought: at most one line told, at most one error, in both places.
fn check(heard: &Heard, &(message, level, told, error): &Effect, what: &str) {
    let what = format!("{what}: {message}: {:?} {:?} {:?}", heard.told, heard.errors, heard.notes);
    assert_eq!(heard.level(0), level, "{what}");
    if error.is_empty() {
        assert_eq!(heard.errors, Vec::<String>::new(), "{what}");
        let wanted: Vec<_> = Some(told).filter(|told| !told.is_empty()).into_iter().collect();
        assert_eq!(heard.told, wanted, "{what}");
        let noted: Vec<_> = heard.notes.iter().map(|note| note.trim_end()).collect();
        assert_eq!(noted, wanted.iter().map(|told| format!("nn~: {told}")).collect::<Vec<_>>(), "{what}");
    } else {
        assert_eq!(heard.errors.len(), 1, "one line: {what}");
        assert!(heard.errors[0].starts_with(&format!("nn~: {error}")), "{what}");
        assert_eq!(heard.told, [heard.errors[0].replacen("nn~:", "error", 1)], "{what}");
        assert_eq!(heard.notes, Vec::<String>::new(), "{what}");
    }
}

#[test]
fn every_message_has_its_effect_and_nothing_else() {
    for player in [Player::PdBatch, Player::PdRealTime, Player::Host] {
        for buffer in [256, 0] {
            let what = format!("{player:?}, buffer {buffer}");
            let session = Session::new(&boxed("gain", &format!("forward {buffer}")), 1, 1)
                .steps(EFFECTS.iter().map(|effect| effect.0));
            let heard = session.play(player);
            assert_eq!(heard[0].told, ["loaded 1"], "{what}");
            assert_eq!(heard[0].errors, Vec::<String>::new(), "{what}");
            assert_eq!(heard[0].level(0), 0.5, "{what}");
            for (heard, effect) in heard[1..].iter().zip(EFFECTS) {
                check(heard, effect, &what);
            }
        }
    }
}

#[test]
fn messages_that_come_before_the_model_wait_for_it() {
    for player in [Player::PdBatch, Player::Host] {
        for buffer in [256, 0] {
            let heard = Session::new(&boxed("gain", &format!("forward {buffer}")), 1, 1)
                .early([
                    "wait 1",
                    "bang",
                    "set gain 0.25",
                    "set muted 1",
                    "get gain",
                    "set muted 0",
                    "set range 1",
                ])
                .step("get muted")
                .play(player);
            let what = format!("{player:?}, buffer {buffer}: {:?} {:?}", heard[0].told, heard[0].errors);
            assert_eq!(heard[0].level(0), 0.125, "{what}");
            // `bang` says that there is no model yet; the answer to `get` comes when there is one.
            assert_eq!(heard[0].told.first().map(String::as_str), Some("loaded 0"), "{what}");
            for told in ["loaded 1", "gain 0.25"] {
                assert!(heard[0].told.iter().any(|other| other == told), "{told}: {what}");
            }
            assert_eq!(heard[0].errors.len(), 1, "what is wrong is wrong at once: {what}");
            assert_eq!(heard[1].told, ["muted 0"], "{what}");
        }
    }
}

#[test]
fn an_error_is_said_once_and_then_counted() {
    for player in [Player::PdBatch, Player::Host] {
        let heard = Session::new(&boxed("gain", "forward 256"), 1, 1)
            .step("fly 3\nfly 3\nfly 3")
            .step("set gain -1\nset gain -1")
            .step("set gain -2")
            .step("stats")
            .play(player);
        assert_eq!(heard[1].errors.len(), 1, "{:?}", heard[1].errors);
        assert_eq!(heard[2].errors.len(), 1, "{:?}", heard[2].errors);
        assert_eq!(heard[3].errors.len(), 0, "{:?}", heard[3].errors);
        assert!(heard[4].told[0].contains(" errors 4 "), "{:?}", heard[4].told);
    }
}

#[test]
fn ten_thousand_messages_at_once_are_carried_out_in_their_order() {
    let mut flood = String::new();
    for number in 0..5000 {
        flood += &format!("set offset_steps {}\n", number % 8);
        flood += &format!("set gain {}\n", number % 3);
    }
    flood += "get gain\nget offset_steps";
    for player in [Player::PdBatch, Player::Host] {
        for buffer in [256, 0] {
            let heard = Session::new(&boxed("gain", &format!("forward {buffer}")), 1, 1)
                .step(&flood)
                .step("enable 1")
                .play(player);
            let told: Vec<_> = heard[1].told.iter().chain(&heard[2].told).collect();
            assert_eq!(told, ["gain 1", "offset_steps 7"], "{player:?}");
            assert_eq!(heard[2].level(0), 0.5 + 7.0 / 8.0, "{player:?}");
        }
    }
}

#[test]
fn a_number_to_an_inlet_without_signal_is_its_signal() {
    for player in [Player::PdBatch, Player::Host] {
        let heard = Session::new(&boxed("identity", "forward 256"), 0, 1)
            .step("float 0.25")
            .step("-0.5")
            .play(player);
        let levels: Vec<_> = heard.iter().map(|heard| heard.level(0)).collect();
        assert_eq!(levels, [0.0, 0.25, -0.5], "{player:?}");
        assert!(heard.iter().all(|heard| heard.errors.is_empty()));
    }
}

#[test]
fn a_disabled_box_computes_nothing_and_resumes_without_stale_sound() {
    /// 5 ms.
    const FADE_FRAMES: usize = 221;
    for (player, buffer, latency) in
        [(Player::PdBatch, 512, 960), (Player::Host, 512, 960), (Player::PdBatch, 0, 0), (Player::Host, 0, 0)]
    {
        let what = format!("{player:?}, buffer {buffer}");
        // A ramp that never comes back: every sample tells when it went in.
        let heard = Session::new(&boxed("identity", &format!("forward {buffer}")), 1, 1)
            .source("phasor~ 0.25")
            .step("enable 0")
            .steps(["stats", "stats", "enable 1", "stats", "bang"])
            .play(player);
        let blocks = |step: usize| -> u64 {
            let words: Vec<_> = heard[step].told[0].split(' ').collect();
            assert_eq!(words[..2], ["stats", "blocks"], "{what}");
            words[2].parse().unwrap()
        };
        // One block may have been under way.
        assert!(blocks(3) <= blocks(2) + 1, "{what}: {} and {} blocks", blocks(2), blocks(3));
        assert!(blocks(5) > blocks(3), "{what}");

        let dry: Vec<_> = heard.iter().flat_map(|heard| heard.dry.clone()).collect();
        let wet: Vec<_> = heard.iter().flat_map(|heard| heard.sound[0].clone()).collect();
        let step = dry.len() / heard.len();
        let silent = step + FADE_FRAMES + 128..4 * step - 128;
        assert!(wet[silent].iter().all(|&s| s == 0.0), "{what}");
        // What went in before the box was enabled is not heard any more.
        let resumed = (4 * step..dry.len()).find(|&n| wet[n] != 0.0).unwrap();
        assert!(
            resumed + 64 >= 4 * step + latency,
            "{what}: sound {} too early",
            4 * step + latency - resumed
        );
        assert!(resumed < 4 * step + latency + 2 * buffer + 128, "{what}: late by {}", resumed - 4 * step);
        for n in resumed + FADE_FRAMES..dry.len() - 128 {
            assert_eq!(wet[n], dry[n - latency], "{what}: sample {n}");
        }
        // Both fades are smooth.
        for (n, pair) in wet[latency + 1..dry.len() - 128].windows(2).enumerate() {
            assert!((pair[1] - pair[0]).abs() < 0.005, "{what}: a click at {n}: {pair:?}");
        }
        assert!(heard[6].told.contains(&"enabled 1".to_owned()), "{what}");
    }
}

/// Models that break the rules, their method, what a constant 0.5 becomes, and what is said once.
const MISBEHAVING: &[(&str, &str, f32, &str)] = &[
    ("throws", "forward", 0.0, "this model always fails"),
    ("throws", "later", 0.5, "this model fails at its fourth call"),
    ("short", "forward", 0.0, "forward answered [1, 1, 255] instead of [1, 1, 256]"),
    ("nan", "forward", 0.0, "the model answered NaN or infinity"),
    ("nan", "once", 0.5, "the model answered NaN or infinity"),
    ("listy", "forward", 0.0, "forward answered a list instead of a tensor"),
    ("double", "forward", 0.5, ""),
    ("strided", "forward", 0.5, ""),
    ("flat", "forward", 0.5, ""),
    ("keeper", "forward", 0.5, ""),
];

#[test]
fn a_misbehaving_model_is_silent_or_right_and_says_one_line() {
    for &(name, method, level, error) in MISBEHAVING {
        for (player, buffer) in [(Player::PdBatch, 256), (Player::Host, 0), (Player::PdRealTime, 256)] {
            // Without a worker the buffer is the host block.
            let error =
                if buffer == 0 { error.replace("255", "63").replace("256", "64") } else { error.into() };
            let heard = Session::new(&boxed(name, &format!("{method} {buffer}")), 1, 1)
                .steps(["enable 1", "bang", "enable 1"])
                .play(player);
            let what = format!("{player:?}, {name} {method} {buffer}");
            let errors: Vec<_> = heard.iter().flat_map(|heard| &heard.errors).collect();
            assert_eq!(errors.len(), usize::from(!error.is_empty()), "{errors:?}: {what}");
            assert!(errors.iter().all(|line| line.contains(&error)), "{errors:?}: {what}");
            assert_eq!(heard[3].level(0), level, "{what}");
            assert!(heard.iter().all(|heard| heard.sound[0].iter().all(|s| s.is_finite())), "{what}");
            assert!(heard[2].told.contains(&"loaded 1".to_owned()), "the host goes on: {what}");
            let odd: Vec<_> = heard
                .iter()
                .flat_map(|heard| &heard.notes)
                .filter(|note| !note.starts_with("nn~: ") && !note.starts_with("pd 0."))
                .collect();
            assert_eq!(odd, Vec::<&String>::new(), "no traceback: {what}");
        }
    }
}

#[test]
fn a_setter_that_raises_is_reported_and_the_sound_goes_on() {
    for (player, buffer) in [(Player::PdBatch, 256), (Player::Host, 0)] {
        let heard = Session::new(&boxed("throws", &format!("later {buffer}")), 1, 1)
            .steps(["set fuse 5", "set fuse -1", "get fuse"])
            .play(player);
        assert_eq!(heard[2].errors.len(), 1, "{:?}", heard[2].errors);
        assert!(heard[2].errors[0].contains("a fuse of -1 blows at once"), "{:?}", heard[2].errors);
        assert_eq!(heard[3].told, ["fuse 5"]);
        assert_eq!(heard[3].level(0), 0.5);
    }
}

#[test]
fn what_the_box_says_may_be_sent_to_the_box() {
    for player in [Player::PdBatch, Player::Host] {
        let heard = Session::new(&boxed("gain", "forward 256"), 1, 1)
            .feedback()
            .steps(["bang", "fly", "dump", "get gain"])
            .play(player);
        assert!(heard[4].told.contains(&"gain 1".to_owned()), "{:?}", heard[4]);
        assert_eq!(heard[4].level(0), 0.5);
    }
}
