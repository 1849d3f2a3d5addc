//! Effects that fail or lie in their code: each is one line, and ends nothing.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use nn_core::{
    engine::{effort::used_by_this_thread, status::LoadState},
    message::Atom,
    offline::HostMode,
};

use crate::{
    stand::{PATIENCE, errors, latency, made, ready},
    torch_stand::models,
};

const HOST: (u32, usize) = (48_000, 64);
const BUFFER_FRAMES: usize = 512;
/// Of processor time, in a build without optimisations.
pub const MOST_CREATION: Duration = Duration::from_millis(250);

/// What becomes of a box with such a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    /// It plays, and says nothing.
    Plays,
    /// It says one line with these words, and is silent from then on, or from the beginning.
    Says(&'static [&'static str]),
    /// One of both.
    Either,
    /// It says nothing and is silent: its parameters begin at 0.
    IsTurnedDown,
}

use Fate::{Either, IsTurnedDown, Plays, Says};

/// What a box says and plays in a host that waits: all its errors, and the sound of 40 buffers of a constant.
pub fn tried(file: &Path) -> (Vec<String>, Vec<f32>) {
    let mut player = made(file, HostMode::Offline, HOST, BUFFER_FRAMES);
    let mut said = Vec::new();
    let done = player.until(PATIENCE, |player| {
        said.extend(errors(&player.take_events()));
        !said.is_empty() || player.status().load_state() == LoadState::Ready && !player.object.pending()
    });
    done.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let ones = vec![vec![0.5; BUFFER_FRAMES]; player.object.inlets().min(1)];
    let mut heard = Vec::new();
    for _ in 0..40 {
        heard.extend(player.play(&ones).into_iter().next().unwrap_or_default());
        player.poll();
        said.extend(errors(&player.take_events()));
    }
    (said, heard)
}

/// Makes a box, and says what is wrong with what comes of it.
pub fn judged(file: &Path, fate: Fate) -> Result<(), String> {
    // Not by the clock: the machine may be busy with others.
    let begin = used_by_this_thread();
    drop(made(file, HostMode::RealTime, HOST, BUFFER_FRAMES));
    let creation = used_by_this_thread() - begin;
    if creation > MOST_CREATION {
        return Err(format!("the box took {creation:?}"));
    }
    let (said, heard) = tried(file);
    println!("{}: {creation:?} {said:?}", file.display());
    if heard.iter().any(|sample| !sample.is_finite()) {
        return Err("it is heard".into());
    }
    let ends_silent = heard.iter().rev().take(BUFFER_FRAMES).all(|&sample| sample == 0.0);
    match fate {
        Either if said.len() > 1 || said.iter().any(|line| line.contains('\n')) => {
            Err(format!("not one line: {said:?}"))
        }
        Either if said.is_empty() == ends_silent => {
            Err(format!("{said:?} and {}", if ends_silent { "silence" } else { "sound" }))
        }
        Plays if !said.is_empty() => Err(format!("{said:?}")),
        Plays if ends_silent => Err("silence".into()),
        IsTurnedDown if !said.is_empty() || !ends_silent => Err(format!("{said:?} or sound")),
        Says(_) if said.len() != 1 || said[0].contains('\n') => Err(format!("not one line: {said:?}")),
        Says(words) if !words.iter().all(|word| said[0].contains(word)) => {
            Err(format!("{said:?} without {words:?}"))
        }
        Says(_) if !ends_silent => Err(format!("{said:?} and sound")),
        _ => Ok(()),
    }
}

/// A good effect plays as if nothing had been.
pub fn assert_others_play() {
    let mut player = ready(&models().join("any.nm"), HOST, BUFFER_FRAMES);
    let late = latency(&mut player);
    let input: Vec<f32> = (0..64 * 60).map(|n| (n % 997) as f32 / 997.0).collect();
    let heard = player.play(std::slice::from_ref(&input)).remove(0);
    assert!(heard[late..] == input[..input.len() - late], "another sound");
}

fn hostile(name: &str) -> PathBuf {
    models().join(format!("hostile/effect_{name}.nm"))
}

#[test]
fn effects_that_fail_or_lie_are_one_line_and_end_nothing() {
    let cases = [
        ("raises", Says(&["this effect fails at its fourth call"])),
        ("raises_rate", Says(&["this effect takes no rate"])),
        ("raises_reset", Plays),
        ("raises_delay", Plays),
        ("long_delay", Plays),
        ("negative_delay", Plays),
        ("nan", Says(&["NaN"])),
        ("short", Says(&["511"])),
        ("long", Says(&["1024"])),
        ("empty", Says(&["0"])),
        ("words", Says(&[])),
        ("three", Says(&[])),
        ("nothing", Says(&[])),
        ("arguments", Says(&[])),
        ("speechless", Says(&[])),
    ];
    let wrong: Vec<_> = cases
        .iter()
        .filter_map(|(name, fate)| judged(&hostile(name), *fate).err().map(|what| format!("{name}: {what}")))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_others_play();
}

#[test]
fn an_effect_that_hangs_in_its_code_is_silent_and_its_box_plays_another() {
    let mut player = made(&hostile("hangs"), HostMode::RealTime, HOST, BUFFER_FRAMES);
    player.until_ready(PATIENCE).expect("it loads");
    let block = [vec![0.5; 64]];
    // In real time: hanging is known after two seconds.
    let play_for = |player: &mut nn_core::offline::Player, time: Duration| {
        let (begin, mut heard) = (Instant::now(), Vec::new());
        while begin.elapsed() < time {
            heard = player.play(&block).remove(0);
            player.poll();
            std::thread::sleep(Duration::from_millis(1));
        }
        heard
    };
    assert!(play_for(&mut player, Duration::from_secs(1)).iter().all(|&sample| sample == 0.0));
    player.send("load", &[Atom::symbol(models().join("any.nm").display().to_string())]);
    let begin = Instant::now();
    while play_for(&mut player, Duration::from_millis(200))[63] != 0.5 {
        assert!(begin.elapsed() < PATIENCE, "{:?}", player.take_events());
    }
    assert_others_play();
}
