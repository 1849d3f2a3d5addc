//! A thousand damaged copies of a good file, in real Pure Datas: none ends the host, and none plays anything but the
//! good file's sound or silence.

mod support;

#[path = "../nn-core/tests/archive_files/mod.rs"]
mod archive_files;
#[path = "corruption/kinds.rs"]
mod kinds;

use std::collections::BTreeMap;

use kinds::{KINDS, Kind, spoil};
use support::{
    dice::Dice,
    model,
    session::Player,
    stage::{Played, Stage},
};

const COPIES: usize = 1000;
const COPIES_AT_A_TIME: usize = 125;

struct Copy {
    kind: Kind,
    bytes: Vec<u8>,
}

/// A thousand copies, of the file as this project packs it and as torch does.
fn copies(good: &[u8]) -> Vec<Copy> {
    let mut dice = Dice::new(17);
    let another = std::fs::read(model("gain")).expect("a model");
    let layouts = [good.to_vec(), archive_files::torch_zip(&archive_files::entries(good))];
    (0..COPIES)
        .map(|number| {
            let (kind, layout) = (KINDS[number % KINDS.len()], &layouts[number / KINDS.len() % 2]);
            // Exchanging equal things changes nothing: again, then.
            loop {
                let bytes = spoil(&mut dice, kind, layout, &another);
                if bytes != *layout {
                    return Copy { kind, bytes };
                }
            }
        })
        .collect()
}

/// What became of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// Refused with one line, silent.
    Refused,
    /// As good as the good file.
    Plays,
}

/// Judges what a box with a copy said and played.
fn fate(played: &Played, name: &str, what: &str) -> Fate {
    let said: Vec<_> = played.told[name].iter().map(String::as_str).collect();
    let on_console: Vec<_> =
        played.errors.iter().filter(|line| line.contains(&format!("{name}.ts"))).collect();
    let (good, sound) = (played.sound("good"), played.sound(name));
    if said.contains(&"loaded 1") {
        assert_eq!(on_console, Vec::<&String>::new(), "{what}");
        assert!(sound == good, "{what}: another model plays");
        return Fate::Plays;
    }
    assert!(sound.iter().all(|&s| s == 0.0), "{what}: a refused file sounds");
    assert_eq!(on_console.len(), 1, "{what}: {said:?} {on_console:?}");
    let line = on_console[0];
    assert!(line.starts_with("nn~: "), "{what}: {line}");
    let (_, reason) = line.split_once(&format!("{name}.ts")).expect("it names the file");
    assert!(reason.starts_with(": ") && reason.len() < 300, "{what}: {line}");
    assert!(reason[2..].contains([':', ';']), "{what}: it does not say what to do: {line}");
    for foreign in ["Traceback", "Exception", "c10", ".cpp", ".cc:", "panicked"] {
        assert!(!reason.contains(foreign), "{what}: {line}");
    }
    assert_eq!(said.iter().filter(|word| word.starts_with("error")).count(), 1, "{what}: {said:?}");
    Fate::Refused
}

/// Plays the copies, many boxes at once, beside one with the good file.
fn play(copies: &[Copy], good: &[u8], player: Player) -> BTreeMap<(Kind, Fate), usize> {
    let mut fates = BTreeMap::new();
    for (round, some) in copies.chunks(COPIES_AT_A_TIME).enumerate() {
        let mut stage = Stage::new();
        let name = |index: usize| format!("copy{:04}", round * COPIES_AT_A_TIME + index);
        std::fs::write(stage.folder().join("good.ts"), good).unwrap();
        stage.part("good", "nn~ good forward 512", 1).send("good wait 1");
        for (index, copy) in some.iter().enumerate() {
            let name = name(index);
            std::fs::write(stage.folder().join(format!("{name}.ts")), &copy.bytes).unwrap();
            stage.part(&name, &format!("nn~ {name} forward 512"), 1).send(&format!("{name} wait 1"));
        }
        let played = stage.pass(100).play(player);
        assert_eq!(played.last("good", "loaded"), Some("loaded 1"), "{:#?}", played.lines);
        assert!(played.sound("good").iter().any(|&s| s != 0.0), "the good file sounds");
        for (index, copy) in some.iter().enumerate() {
            let name = name(index);
            let fate = fate(&played, &name, &format!("{player:?}: {name}, {:?}", copy.kind));
            *fates.entry((copy.kind, fate)).or_insert(0) += 1;
        }
    }
    fates
}

/// Holds both hosts against the same expectations.
fn check(player: Player) {
    let good = std::fs::read(model("latent")).expect("a model");
    let copies = copies(&good);
    let fates = play(&copies, &good, player);
    println!("{player:?}: {fates:#?}");
    assert_eq!(fates.values().sum::<usize>(), COPIES);
    let count = |kind, fate| fates.get(&(kind, fate)).copied().unwrap_or(0);
    // Damage to bytes that mean something is always found.
    for kind in
        [Kind::WeightFlip, Kind::Truncated, Kind::Appended, Kind::EntryDoubled, Kind::EntriesExchanged]
    {
        assert_eq!(count(kind, Fate::Plays), 0, "{kind:?}");
        assert!(count(kind, Fate::Refused) > 50, "{kind:?}");
    }
    // The control: a box that refused everything would be no better than none.
    assert!(count(Kind::Idle, Fate::Plays) > 50);
}

#[test]
fn a_thousand_damaged_copies_are_refused_or_harmless_in_the_distribution_s_pd() {
    check(Player::PdBatch);
}

#[test]
fn a_thousand_damaged_copies_are_refused_or_harmless_in_pd_0_55() {
    check(Player::Host);
}
