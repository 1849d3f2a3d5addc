//! Boxes that play effects.
#![allow(dead_code, reason = "each test file uses a part")]

use std::{path::Path, sync::Arc, time::Duration};

use nn_core::{
    layout::BoxKind,
    message::{Atom, Event},
    object::HostFormat,
    offline::{HostMode, Player, host_context},
};

use crate::torch_stand::source;

/// Far longer than any load here takes, on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A host: rate in Hz, and block in samples.
pub type Host = (u32, usize);

/// A box with an effect, which may still be loading. `buffer_frames` are the host's samples.
pub fn made(file: &Path, mode: HostMode, (rate_hz, block_frames): Host, buffer_frames: usize) -> Player {
    let arguments = [
        Atom::symbol(file.display().to_string()),
        Atom::symbol("forward"),
        Atom::Int(i64::try_from(buffer_frames).expect("a buffer")),
    ];
    let format = HostFormat { sample_rate_hz: f64::from(rate_hz), block_frames };
    let find = |name: &str| Some(name.into()).filter(|path: &std::path::PathBuf| path.is_file());
    Player::new(BoxKind::Nn, host_context(Arc::new(source()), mode), format, &arguments, find)
}

/// The same, when it is loaded and has nothing to complain of.
pub fn ready(file: &Path, host: Host, buffer_frames: usize) -> Player {
    let mut player = made(file, HostMode::Offline, host, buffer_frames);
    player.until_ready(PATIENCE).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    assert_eq!(errors(&player.take_events()), Vec::<String>::new(), "{}", file.display());
    player
}

/// The lines that are errors.
pub fn errors(events: &[Event]) -> Vec<String> {
    let line = |event: &Event| match event {
        Event::Error(line) => Some(line.clone()),
        _ => None,
    };
    events.iter().filter_map(line).collect()
}

/// What `latency` answers, in the host's samples.
pub fn latency(player: &mut Player) -> usize {
    let answer = player.ask("latency", &[]).expect("an answer");
    answer[0].number().expect("a number") as usize
}

/// The place of the loudest sample.
pub fn loudest(sound: &[f32]) -> usize {
    (0..sound.len()).max_by(|&a, &b| sound[a].abs().total_cmp(&sound[b].abs())).expect("sound")
}
