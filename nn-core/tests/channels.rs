//! Channels of multichannel outlets that come and go while they sound.
#![cfg(feature = "fake")]

#[path = "rig/mod.rs"]
mod rig;

use std::time::Duration;

use nn_core::{
    engine::loader::Loader,
    fake::{Behaviour, FakeModel, FakeSource},
    layout::BoxKind,
    offline::Signals,
};
use rig::Rig;

/// 5 ms at the rig's rate.
const FADE_FRAMES: usize = 220;
const BLOCK_FRAMES: usize = 64;
const CHANNELS: usize = 3;

fn model(channels: i64) -> FakeModel {
    FakeModel::new([channels, 1, channels, 1], Behaviour::Gain).with_method("inverse")
}

/// What each channel of the outlets plays of a constant 1 in so many channels of the input (0 where the host has no such
/// channel), from messages on, and how many channels there are in each block. Each message comes before one of these
/// blocks; the host looks before it and after it.
fn across(
    kind: BoxKind,
    arguments: &str,
    loud: usize,
    messages: &[(usize, &str)],
) -> (Vec<Vec<f32>>, Vec<usize>) {
    let source = FakeSource::new(model(3)).and("narrow", model(1), Duration::ZERO).and(
        "other",
        model(2),
        Duration::ZERO,
    );
    let mut rig = Rig::of_kind(kind, Loader::global(), source, arguments, BLOCK_FRAMES, true);
    rig.send("wait 1");
    rig.offer_channels(CHANNELS);
    rig.until_loaded();
    rig.poll();
    let (mut heard, mut counts) = (Vec::new(), Vec::new());
    for block in 0..300 {
        // Hosts look now and then, and by chance between any two blocks.
        rig.poll();
        for (_, message) in messages.iter().filter(|(at, _)| *at == block) {
            rig.send(message);
        }
        rig.poll();
        let outlets = rig.object.outlets();
        let mut input = Signals::new(rig.object.inlets(), CHANNELS, BLOCK_FRAMES);
        for inlet in 0..input.ports() {
            (0..loud).for_each(|channel| input.channel_mut(inlet, channel).fill(1.0));
        }
        let mut output = Signals::new(outlets, rig.outlet_channels(), BLOCK_FRAMES);
        rig.block(&input, &mut output);
        heard.resize(outlets * CHANNELS, Vec::new());
        for (at, sound) in heard.iter_mut().enumerate() {
            let channel = output.channel(at / CHANNELS, at % CHANNELS);
            sound.extend_from_slice(if channel.is_empty() { &[0.0; BLOCK_FRAMES] } else { channel });
        }
        counts.push(rig.outlet_channels());
    }
    assert_eq!(rig.errors(), Vec::<&str>::new());
    (heard.into_iter().map(|mut sound| sound.split_off(99 * BLOCK_FRAMES)).collect(), counts)
}

#[test]
fn channels_that_an_outlet_loses_fade_out_before_it_loses_them() {
    for (kind, arguments) in [
        (BoxKind::NnMulti, "-m m forward 64"),
        (BoxKind::NnMulti, "-m m forward 512"),
        (BoxKind::NnMulti, "-m m forward 0"),
        (BoxKind::Mcs, "m forward 2 512"),
        (BoxKind::Mc, "m forward 512"),
    ] {
        for (message, left) in [("load narrow", 1), ("load other", 2), ("chans 1", 1), ("chans 2", 2)] {
            let what = format!("{kind:?} {arguments}: {message}");
            let (heard, counts) = across(kind, arguments, CHANNELS, &[(100, message)]);
            assert_smooth(&heard, &what);
            assert!(heard.iter().flatten().any(|&sample| sample == 1.0), "{what}: it plays");
            assert_eq!(counts[99], CHANNELS, "{what}: before");
            let follows_model = kind != BoxKind::Mc || message.starts_with("chans");
            assert_eq!(counts.last(), Some(if follows_model { &left } else { &CHANNELS }), "{what}: after");
        }
    }
}

fn assert_smooth(heard: &[Vec<f32>], what: &str) {
    for (channel, sound) in heard.iter().enumerate() {
        let step = |pair: &[f32]| (pair[1] - pair[0]).abs();
        let worst = sound.windows(2).map(step).fold(0.0, f32::max);
        assert!(worst < 2.5 / FADE_FRAMES as f32, "{what}: channel {channel} jumps by {worst}");
    }
}

#[test]
fn a_channel_below_a_silent_one_fades_out_too_however_often_the_number_is_settled() {
    for (kind, arguments) in [(BoxKind::NnMulti, "-m m forward 64"), (BoxKind::Mcs, "m forward 2 512")] {
        for (loud, messages) in [
            // The silent one goes first, and that is told while the others still fall.
            (2, &[(100, "chans 1")][..]),
            (2, &[(100, "load narrow")]),
            // At once more, and fewer than sound.
            (2, &[(99, "chans 2"), (150, "chans 3"), (150, "chans 1")]),
            (1, &[(150, "chans 2"), (150, "chans 3"), (150, "chans 1")]),
            // Fewer still in the very moment in which there are fewer.
            (2, &[(100, "chans 2"), (101, "chans 1")]),
            (3, &[(100, "chans 2"), (102, "chans 1"), (104, "chans 3"), (105, "chans 1")]),
        ] {
            let what = format!("{kind:?}, {loud} sound: {messages:?}");
            let (heard, counts) = across(kind, arguments, loud, messages);
            assert_smooth(&heard, &what);
            assert_eq!(counts.last(), Some(&1), "{what}: after");
        }
    }
}

#[test]
fn channels_without_sound_are_lost_at_once() {
    let mut rig =
        Rig::of_kind(BoxKind::NnMulti, Loader::global(), FakeSource::new(model(3)), "-m m", 64, true);
    rig.until_loaded();
    rig.poll();
    assert_eq!(rig.outlet_channels(), 3);
    let mut output = Signals::new(1, 3, BLOCK_FRAMES);
    rig.block(&Signals::new(1, 3, BLOCK_FRAMES), &mut output);
    // The host plays no more.
    rig.pass(0.0);
    rig.pass(5_000.0);
    rig.send("chans 1");
    rig.poll();
    assert_eq!(rig.outlet_channels(), 1);
}
