//! The information outlet talks back: into the box that speaks, to the patch that holds it, to Pd itself.

mod support;

use std::time::Duration;

use support::{
    host::Host,
    model,
    patch::{Patch, escaped},
    pd,
    session::Player,
};

const BOTH: [Player; 2] = [Player::PdRealTime, Player::Host];
/// Longer than any of these takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

fn nn(name: &str, rest: &str) -> String {
    format!("nn~ {} {rest}", escaped(&model(name).display().to_string()))
}

/// Opens a patch that begins and ends by itself, in real time; gives the console. Pd must leave with its own code.
fn play(patch: &Patch, player: Player) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("reentry.pd");
    patch.write(&file);
    let lines: Vec<String> = if player == Player::Host {
        let mut host = Host::new(1, 1);
        host.line(format!("open \"{}\"", file.display())).line("realtime 40000").line("echo too late");
        let transcript = host.run_within(LIMIT);
        let said = format!("{:#?}\n{}", transcript.lines, transcript.stderr);
        assert_eq!(transcript.code, Some(0), "{player:?}: {said}");
        assert_eq!(transcript.after("echo"), Vec::<&str>::new(), "it did not quit: {said}");
        transcript.after("print ").into_iter().map(str::to_owned).collect()
    } else {
        let output = pd::output_within(&mut pd::command(&file, &[]), LIMIT);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{player:?}: {}: {said}", output.status);
        said.lines().map(str::to_owned).collect()
    };
    lines.into_iter().map(|line| line.replace('\\', "")).collect()
}

/// Adds a healthy box. Models load in the order of their boxes, so when it says that it is loaded all are: then the
/// object whose number this gives sends a bang, and so much later the healthy box speaks and Pd quits.
fn healthy_box_and_end(patch: &mut Patch, after_ms: usize) -> usize {
    let (on, begin) = (patch.message(r"\; pd dsp 1"), patch.object("loadbang"));
    let (source, good, print) =
        (patch.object("osc~ 440"), patch.object(&nn("identity", "forward 2048")), patch.object("print good"));
    let (route, one, loaded) = (patch.object("route loaded"), patch.object("sel 1"), patch.object("t b"));
    let (wait, order) = (patch.object(&format!("del {after_ms}")), patch.object("t b b"));
    let (ask, rest, quit) = (patch.message("stats"), patch.object("del 20"), patch.message(r"\; pd quit"));
    for (from, outlet, to) in [
        (begin, 0, on),
        (source, 0, good),
        (good, 1, print),
        (good, 1, route),
        (route, 0, one),
        (one, 0, loaded),
        (loaded, 0, wait),
        (wait, 0, order),
        (order, 1, ask),
        (ask, 0, good),
        (order, 0, rest),
        (rest, 0, quit),
    ] {
        patch.connect(from, outlet, to, 0);
    }
    loaded
}

/// The healthy box was loaded and ran.
fn assert_alive(lines: &[String], what: &str) {
    let stats = lines.iter().find_map(|line| line.strip_prefix("good: stats blocks "));
    let ran = stats.and_then(|stats| stats.split(' ').next()).and_then(|n| n.parse::<u32>().ok());
    assert!(ran.is_some_and(|ran| ran > 3), "{what}: {lines:#?}");
}

#[test]
fn whatever_a_box_says_may_go_back_into_it() {
    for player in BOTH {
        for buffer in [2048, 0] {
            let mut patch = Patch::new();
            let nn = patch.object(&nn("gain", &format!("forward {buffer}")));
            let print = patch.object("print TOLD");
            patch.connect(nn, 1, nn, 0);
            patch.connect(nn, 1, print, 0);
            let all = patch.message(
                r"bang \, dump \, stats \, latency \, get gain \, get mode \, get_methods \, get_attributes \, set gain 0.5 \, fly",
            );
            let start = healthy_box_and_end(&mut patch, 800);
            let (metro, stop) = (patch.object("metro 40"), patch.object("del 400"));
            let zero = patch.message("0");
            for (from, to) in
                [(start, metro), (metro, all), (all, nn), (start, stop), (stop, zero), (zero, metro)]
            {
                patch.connect(from, 0, to, 0);
            }
            let lines = play(&patch, player);
            let what = format!("{player:?}, buffer {buffer}");
            assert_alive(&lines, &what);
            assert!(lines.iter().any(|line| line == "TOLD: gain 0.5"), "{what}: {lines:#?}");
            // What came back was an error once, not for ever.
            assert!(lines.len() < 3000, "{what}: {} lines", lines.len());
        }
    }
}

#[test]
fn a_box_that_asks_itself_for_ever_is_stopped_by_pd_and_goes_on() {
    for player in BOTH {
        let mut patch = Patch::new();
        let nn = patch.object(&nn("gain", "forward 2048"));
        // Its answer to a bang begins with the word that is another bang.
        let (route, again) = (patch.object("route loaded"), patch.message("bang"));
        for (from, outlet, to) in [(nn, 1, route), (route, 0, again), (again, 0, nn)] {
            patch.connect(from, outlet, to, 0);
        }
        let print = patch.object("print DEEP");
        patch.connect(again, 0, print, 0);
        healthy_box_and_end(&mut patch, 400);
        let lines = play(&patch, player);
        assert_alive(&lines, &format!("{player:?}"));
        assert!(
            lines.iter().filter(|line| line.starts_with("DEEP")).count() > 100,
            "{player:?}: it did not go deep"
        );
        assert!(lines.iter().any(|line| line.contains("stack overflow")), "{player:?}");
    }
}

#[test]
fn a_box_whose_word_deletes_it_is_gone_and_nothing_else_is() {
    for player in BOTH {
        // The word that deletes, and what brings it about.
        for (word, question) in
            [("loaded", "wait auto"), ("error", "fly"), ("gain", "get gain"), ("stats", "stats")]
        {
            for buffer in [2048, 0] {
                let mut patch = Patch::new();
                let mut inner = Patch::new();
                let source = inner.object("osc~ 440");
                let nn = inner.object(&nn("gain", &format!("forward {buffer}")));
                let (ask, send) = (inner.object("r ask"), inner.object("s told"));
                inner.connect(source, 0, nn, 0);
                inner.connect(ask, 0, nn, 0);
                inner.connect(nn, 1, send, 0);
                patch.subpatch("inner", &inner);
                let (told, route) = (patch.object("r told"), patch.object(&format!("route {word}")));
                // In the same moment, yet not under the message's own feet: no object of Pd's survives that.
                let (after, clear) = (patch.object("del 0"), patch.message(r"\; pd-inner clear"));
                let bang = patch.object("t b");
                let print = patch.object("print DELETED");
                for (from, to) in
                    [(told, route), (route, print), (route, bang), (bang, after), (after, clear)]
                {
                    patch.connect(from, 0, to, 0);
                }
                let (wait, words) =
                    (patch.object("del 300"), patch.message(&format!(r"\; ask {question} \; nobody bang")));
                patch.object("r nobody");
                let start = healthy_box_and_end(&mut patch, 600);
                patch.connect(start, 0, wait, 0);
                patch.connect(wait, 0, words, 0);
                let lines = play(&patch, player);
                let what = format!("{player:?}, {word}, buffer {buffer}");
                assert_alive(&lines, &what);
                let deleted = lines.iter().filter(|line| line.starts_with("DELETED")).count();
                assert_eq!(deleted, 1, "{what}: it spoke after its deletion: {lines:#?}");
            }
        }
    }
}

#[test]
fn a_box_whose_word_quits_pd_lets_it_quit() {
    for player in BOTH {
        for (word, ask) in [("loaded", "wait auto"), ("error", "fly"), ("gain", "get gain")] {
            for buffer in [2048, 0] {
                let mut patch = Patch::new();
                let (source, nn) =
                    (patch.object("osc~ 440"), patch.object(&nn("gain", &format!("forward {buffer}"))));
                let route = patch.object(&format!("route {word}"));
                let (begin, on) = (patch.object("loadbang"), patch.message(r"\; pd dsp 1"));
                let print = patch.object("print QUITS");
                let (order, quit) = (patch.object("t b a"), patch.message(r"\; pd quit"));
                let (metro, ask) = (patch.object("metro 50"), patch.message(ask));
                for (from, outlet, to) in [
                    (source, 0, nn),
                    (nn, 1, route),
                    (route, 0, order),
                    (order, 1, print),
                    (order, 0, quit),
                    (begin, 0, on),
                    (begin, 0, metro),
                    (metro, 0, ask),
                    (ask, 0, nn),
                ] {
                    patch.connect(from, outlet, to, 0);
                }
                let lines = play(&patch, player);
                let what = format!("{player:?}, {word}, buffer {buffer}");
                assert!(lines.iter().any(|line| line.starts_with("QUITS")), "{what}: {lines:#?}");
            }
        }
    }
}

#[test]
fn a_box_whose_word_makes_it_load_again_does_so_for_ever_and_holds_nobody_up() {
    let (gain, delay) =
        (escaped(&model("gain").display().to_string()), escaped(&model("delay").display().to_string()));
    for player in BOTH {
        for buffer in [2048, 0] {
            for messages in [
                vec!["reload".to_owned()],
                vec![format!("load {delay}"), format!("load {gain}")],
                vec![
                    "reload".to_owned(),
                    "bufsize 512".to_owned(),
                    "bufsize 0".to_owned(),
                    "reset".to_owned(),
                ],
            ] {
                let mut patch = Patch::new();
                let (source, nn) =
                    (patch.object("osc~ 440"), patch.object(&nn("gain", &format!("forward {buffer}"))));
                let (route, one) = (patch.object("route loaded"), patch.object("sel 1"));
                let (print, order) = (patch.object("print AGAIN"), patch.object("t b b"));
                for (from, outlet, to) in
                    [(source, 0, nn), (nn, 1, route), (route, 0, one), (one, 0, order), (order, 1, print)]
                {
                    patch.connect(from, outlet, to, 0);
                }
                // One after the other, or all at once: the last wins, and says so.
                let all = patch.message(&messages.join(r" \, "));
                patch.connect(order, 0, all, 0);
                patch.connect(all, 0, nn, 0);
                healthy_box_and_end(&mut patch, 1000);
                let lines = play(&patch, player);
                let what = format!("{player:?}, {messages:?}, buffer {buffer}");
                assert_alive(&lines, &what);
                let again = lines.iter().filter(|line| line.starts_with("AGAIN")).count();
                assert!(again > 20, "{what}: {again} times");
                let errors: Vec<_> = lines.iter().filter(|line| line.starts_with("error")).collect();
                assert_eq!(errors, Vec::<&String>::new(), "{what}");
            }
        }
    }
}

#[test]
fn a_box_that_is_deleted_while_it_loads_for_the_second_time_is_gone() {
    for player in BOTH {
        for buffer in [2048, 0] {
            let mut patch = Patch::new();
            let mut inner = Patch::new();
            let (source, nn) =
                (inner.object("osc~ 440"), inner.object(&nn("codec", &format!("forward {buffer}"))));
            let (ask, send) = (inner.object("r ask"), inner.object("s told"));
            for (from, outlet, to) in [(source, 0, nn), (ask, 0, nn), (nn, 1, send)] {
                inner.connect(from, outlet, to, 0);
            }
            patch.subpatch("inner", &inner);
            let (told, route, one) =
                (patch.object("r told"), patch.object("route loaded"), patch.object("sel 1"));
            let again = patch.message(r"\; ask reload \; ask bufsize 512 \; ask get level");
            let (soon, clear) = (patch.object("del 3"), patch.message(r"\; pd-inner clear"));
            let print = patch.object("print LOADED");
            for (from, to) in
                [(told, route), (route, one), (one, print), (one, again), (one, soon), (soon, clear)]
            {
                patch.connect(from, 0, to, 0);
            }
            healthy_box_and_end(&mut patch, 400);
            let lines = play(&patch, player);
            let what = format!("{player:?}, buffer {buffer}");
            assert_alive(&lines, &what);
            assert!(lines.iter().any(|line| line.starts_with("LOADED")), "{what}: {lines:#?}");
        }
    }
}
