//! Sound rendered block by block, with messages on the way.
#![cfg(feature = "fake")]

use std::{convert::Infallible, path::PathBuf, sync::Arc, time::Duration};

use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    layout::BoxKind,
    message::{Event, typed},
    object::{HostContext, HostFormat},
    offline::{Block, Chain, HostMode, Player, Signals, TimedMessage, host_context},
};

const BLOCK_FRAMES: usize = 64;
/// Of a box with a buffer of 256 in blocks of 64.
const LATENCY_FRAMES: usize = 256 - 64 + 256;

fn at(frame: u64, message: &str) -> TimedMessage {
    let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
    TimedMessage::new(frame, selector, &typed(rest))
}

/// Loads and runs take their time.
fn source() -> FakeSource {
    let slow = |gain| FakeModel::new([1, 1, 1, 1], Behaviour::Slow(Duration::from_millis(2))).with_gain(gain);
    let mut source = FakeSource::new(slow(1.0)).and("half", slow(0.5), Duration::from_millis(20));
    source.load_time = Duration::from_millis(30);
    source
}

fn player(source: FakeSource, kind: BoxKind, mode: HostMode, arguments: &str, block_frames: usize) -> Player {
    let format = HostFormat { sample_rate_hz: 44_100.0, block_frames };
    let find = |name: &str| Some(PathBuf::from(name));
    // Whatever the platform's rule is.
    let context = HostContext { workers: true, ..host_context(Arc::new(source), mode) };
    Player::new(kind, context, format, &typed(arguments), find)
}

fn offline(arguments: &str) -> Player {
    player(source(), BoxKind::Nn, HostMode::Offline, arguments, BLOCK_FRAMES)
}

/// Reads a signal into the first inlet.
fn reads(signal: &[f32]) -> impl FnMut(&mut Signals) -> Result<usize, Infallible> {
    let mut rest = signal;
    move |signals| {
        let frames = rest.len().min(signals.channel(0, 0).len());
        let (block, later) = rest.split_at(frames);
        signals.channel_mut(0, 0)[..frames].copy_from_slice(block);
        rest = later;
        Ok(frames)
    }
}

/// What is heard, and what is said: after how many samples, and what.
fn rendered(player: &mut Player, messages: &[TimedMessage], input: &[f32]) -> (Vec<f32>, Vec<(u64, Event)>) {
    let (mut heard, mut said) = (Vec::new(), Vec::new());
    let write = |block: &Block<'_>| {
        assert_eq!(block.first_frame, heard.len() as u64);
        heard.extend_from_slice(block.channel(0, 0));
        said.extend(block.events.iter().map(|event| (block.first_frame, event.clone())));
        Ok(())
    };
    let played = player.render(messages.iter().cloned(), reads(input), write).expect("neither side fails");
    assert_eq!(played, heard.len() as u64);
    (heard, said)
}

fn ramp(frames: usize) -> Vec<f32> {
    (1..=frames).map(|n| n as f32).collect()
}

#[test]
fn what_goes_in_comes_out_later_by_the_latency_from_the_first_sample_on() {
    let input = ramp(64 * 50 + 17);
    let mut player = offline("m forward 256");
    let (heard, _) = rendered(&mut player, &[], &input);
    assert_eq!(heard.len(), input.len(), "the last block is not whole");
    assert!(heard[..LATENCY_FRAMES].iter().all(|&sample| sample == 0.0));
    assert_eq!(heard[LATENCY_FRAMES..], input[..input.len() - LATENCY_FRAMES]);
    let latency = player.ask("latency", &[]).expect("an answer");
    assert_eq!(latency[0].number(), Some(LATENCY_FRAMES as f64));
    assert_eq!(player.played_frames(), 64 * 51);
}

#[test]
fn a_message_is_told_before_the_block_that_holds_its_sample() {
    // Without a worker there is no latency, and each block is a buffer.
    for block_frames in [64, 256] {
        let source = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
        let mut player = player(source, BoxKind::Nn, HostMode::Offline, "m forward 0", block_frames);
        rendered(&mut player, &[], &vec![1.0; 2048]);
        let messages = [at(0, "set gain 0.5"), at(1000, "set gain 0.25"), at(1024, "set gain 0.125")];
        let (heard, _) = rendered(&mut player, &messages, &vec![1.0; 2048]);
        let borders = [0, 1000 / block_frames * block_frames, 1024, 2048];
        for (part, level) in borders.windows(2).zip([0.5, 0.25, 0.125]) {
            assert!(
                heard[part[0]..part[1]].iter().all(|&sample| sample == level),
                "{block_frames}: {part:?}"
            );
        }
    }
}

#[test]
fn two_renderings_of_one_schedule_are_the_same_whatever_loads_and_runs_take() {
    let messages = [
        at(0, "latency"),
        at(3000, "set gain 0.5"),
        at(3000, "get gain"),
        at(5000, "load half"),
        at(5001, "bang"),
        at(9000, "bufsize 512"),
        at(9100, "load missing"),
        at(12_000, "reload"),
        // Behind the end.
        at(1_000_000, "bang"),
    ];
    let input = ramp(16_384);
    let render = || rendered(&mut offline("m forward 256"), &messages, &input);
    let first = render();
    let told = format!("{:?}", first.1);
    for word in ["latency", "gain", "loaded", "bufsize", "Error"] {
        assert!(told.contains(word), "{word}: {told}");
    }
    for _ in 0..3 {
        assert!(render() == first, "another sound, or other words");
    }
}

#[test]
fn blocks_of_a_rendering_are_those_of_a_box_played_at_once() {
    let input = ramp(64 * 40);
    let (heard, _) = rendered(&mut offline("m forward 256"), &[], &input);
    assert_eq!(offline("m forward 256").play(std::slice::from_ref(&input)), [heard]);
}

#[test]
fn a_failure_to_read_or_write_ends_it_and_is_passed_on() {
    let mut player = offline("m forward 256");
    let mut blocks = 0;
    let read = |_: &mut Signals| {
        blocks += 1;
        if blocks > 3 { Err("no more to read") } else { Ok(BLOCK_FRAMES) }
    };
    assert_eq!(player.render([], read, |_| Ok(())), Err("no more to read"));
    assert_eq!(player.played_frames(), 3 * BLOCK_FRAMES as u64);
    assert_eq!(player.render([], |_| Ok(BLOCK_FRAMES), |_| Err("the disk is full")), Err("the disk is full"));
    assert_eq!(player.render([], |_| Ok::<_, Infallible>(0), |_| unreachable!("nothing is played")), Ok(0));
}

#[test]
fn signals_of_several_channels_are_examples_of_their_own() {
    let source = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
    let mut player = player(source, BoxKind::Mc, HostMode::Offline, "m forward 0", BLOCK_FRAMES);
    player.offer_channels(3);
    let (mut blocks, mut last) = (0, Signals::default());
    let read = |signals: &mut Signals| {
        for channel in 0..signals.channels(0) {
            signals.channel_mut(0, channel).fill(channel as f32 + 1.0);
        }
        blocks += 1;
        Ok::<_, Infallible>(if blocks > 40 { 0 } else { BLOCK_FRAMES })
    };
    let write = |block: &Block<'_>| {
        last = block.output.clone();
        Ok(())
    };
    player.render([], read, write).expect("neither side fails");
    assert_eq!((last.ports(), last.channels(0)), (1, 3));
    for channel in 0..3 {
        assert_eq!(last.channel(0, channel), [channel as f32 + 1.0; BLOCK_FRAMES]);
    }
}

#[test]
fn in_real_time_nothing_is_waited_for() {
    let mut slow = source();
    slow.load_time = Duration::from_secs(2);
    let mut player = player(slow, BoxKind::Nn, HostMode::RealTime, "m forward 256", BLOCK_FRAMES);
    let (heard, said) = rendered(&mut player, &[], &ramp(640));
    assert!(heard.iter().all(|&sample| sample == 0.0) && said.is_empty(), "{said:?}");
    assert!(player.object.pending());
    let late = player.until_ready(Duration::from_millis(20)).expect_err("it is still loading");
    assert!(late.to_string().starts_with("not done after "), "{late}");
    player.until_ready(Duration::from_secs(30)).expect("the model is there in the end");
}

#[test]
fn a_chain_plays_what_its_boxes_play_one_after_the_other() {
    let input = ramp(64 * 60);
    let first = offline("m forward 256").play(std::slice::from_ref(&input)).remove(0);
    let expected = offline("half forward 512").play(std::slice::from_ref(&first)).remove(0);
    let mut chain = Chain::new([offline("m forward 256"), offline("half forward 512")]);
    let (mut signals, mut heard, mut between) = (Signals::new(1, 1, BLOCK_FRAMES), Vec::new(), Vec::new());
    for block in input.chunks(BLOCK_FRAMES) {
        chain.look();
        signals.channel_mut(0, 0).copy_from_slice(block);
        chain.block(&signals);
        between.extend_from_slice(chain.output(0).expect("a box").channel(0, 0));
        heard.extend_from_slice(chain.output(1).expect("a box").channel(0, 0));
    }
    assert!(between == first && heard == expected, "another sound than one after the other");
    assert!(heard.iter().any(|&sample| sample != 0.0));
}

#[test]
fn a_message_to_a_box_of_a_chain_reaches_that_box_alone() {
    let gain = || {
        let source = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
        player(source, BoxKind::Nn, HostMode::Offline, "m forward 0", BLOCK_FRAMES)
    };
    let mut chain = Chain::new([gain(), gain()]);
    let mut ones = Signals::new(1, 1, BLOCK_FRAMES);
    ones.fill(1.0);
    for _ in 0..40 {
        chain.look();
        chain.block(&ones);
    }
    chain.send(1, "set", &typed("gain 0.25"));
    chain.send(1, "get", &typed("gain"));
    chain.send(7, "set", &typed("gain 0.5"));
    chain.block(&ones);
    let last =
        |chain: &Chain, index| chain.output(index).map(|output| output.channel(0, 0)[BLOCK_FRAMES - 1]);
    assert_eq!([last(&chain, 0), last(&chain, 1), last(&chain, 2)], [Some(1.0), Some(0.25), None]);
    let said = |chain: &mut Chain, index| format!("{:?}", chain.take_events(index));
    assert!(said(&mut chain, 1).contains("gain") && !said(&mut chain, 0).contains("gain"));
}
