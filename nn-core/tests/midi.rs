//! MIDI in and out of boxes.

#![cfg(feature = "fake")]

mod rig;

use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    message::Event,
};
use rig::Rig;

const BUFFER: usize = 256;

/// A box that MIDI plays, in a host that waits for it.
fn keys() -> Rig {
    let mut rig = Rig::with_source(
        FakeSource::new(FakeModel::with_midi()),
        &format!("model forward {BUFFER}"),
        64,
        true,
    );
    rig.send("wait 1");
    rig.until_loaded();
    rig
}

/// So many blocks.
fn play(rig: &mut Rig, blocks: usize) -> Vec<f32> {
    rig.play(&[vec![0.0; 64 * blocks]]).remove(0)
}

/// Places that are not silent, and how high they are in hundredths.
fn struck(heard: &[f32]) -> Vec<(usize, i32)> {
    let hundredths = |sample: f32| (sample * 100.0).round() as i32;
    heard
        .iter()
        .enumerate()
        .filter(|(_, sample)| **sample != 0.0)
        .map(|(at, &sample)| (at, hundredths(sample)))
        .collect()
}

/// The bytes that the box has answered.
fn answered(rig: &mut Rig) -> Vec<Vec<f64>> {
    rig.poll();
    let said = |event: &Event| match event {
        Event::Info { selector, atoms } if selector == "midi" => {
            Some(atoms.iter().map(|atom| atom.number().expect("a byte")).collect())
        }
        _ => None,
    };
    let mut events = std::mem::take(&mut rig.events);
    events.extend(rig.take_events());
    events.iter().filter_map(said).collect()
}

fn errors(rig: &mut Rig) -> Vec<String> {
    rig.poll();
    let mut events = std::mem::take(&mut rig.events);
    events.extend(rig.take_events());
    events
        .into_iter()
        .filter_map(|event| if let Event::Error(line) = event { Some(line) } else { None })
        .collect()
}

#[test]
fn messages_come_at_their_block_of_the_buffer_and_once() {
    let mut rig = keys();
    let latency = rig.ask("latency", &[]).expect("an answer")[0].number().expect("samples") as usize;
    let mut heard = Vec::new();
    for (message, blocks) in
        [("midi 144 60 100", 1), ("midi 144 61 100", 2), ("midi 144 62 100", 4), ("midi 144 63 100", 30)]
    {
        rig.send(message);
        heard.extend(play(&mut rig, blocks));
    }
    let expected = [(0, 60), (64, 61), (192, 62), (448, 63)].map(|(at, height)| (latency + at, height));
    assert_eq!(struck(&heard), expected);
    let answers = [61.0, 62.0, 63.0, 64.0].map(|note| vec![144.0, note, 100.0]);
    assert_eq!(answered(&mut rig), answers);
}

#[test]
fn bytes_come_one_by_one_or_many_at_a_time_with_running_status() {
    let mut rig = keys();
    for message in ["midi 144", "midi 60", "midi 100", "midi 61 100 62 100", "midi 248", "midi 240 1 2 247"] {
        rig.send(message);
    }
    let heard = play(&mut rig, 40);
    // All at one place: 60, 61, 62; a clock is no note, system exclusive does not fit into four numbers.
    assert_eq!(struck(&heard).iter().map(|(_, height)| *height).collect::<Vec<_>>(), [183]);
    let answers = answered(&mut rig);
    assert_eq!(answers[..3], [61.0, 62.0, 63.0].map(|note| vec![144.0, note, 100.0]));
    assert_eq!(answers[3..], [[248.0]]);
}

#[test]
fn what_comes_while_a_model_loads_reaches_it_and_a_model_without_midi_says_so_once() {
    let mut rig = Rig::with_source(FakeSource::new(FakeModel::with_midi()), "void 1 1 256", 64, true);
    rig.send("wait 1");
    rig.send("load model forward");
    rig.send("midi 144 60 100");
    let heard = play(&mut rig, 60);
    assert_eq!(struck(&heard).iter().map(|(_, height)| *height).collect::<Vec<_>>(), [60]);
    let gain = FakeModel::new([1, 1, 1, 1], Behaviour::Gain);
    let mut rig = Rig::with_source(FakeSource::new(gain), "model forward 256", 64, true);
    rig.until_loaded();
    for note in 40..60 {
        rig.send(&format!("midi 144 {note} 100"));
    }
    let errors = errors(&mut rig);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains("midi: this model takes no MIDI: scripts do"), "{errors:?}");
}

#[test]
fn more_than_a_buffer_can_have_is_left_out_and_said() {
    let mut rig = keys();
    for _ in 0..300 {
        rig.send("midi 144 1 100");
    }
    let heard = play(&mut rig, 40);
    assert_eq!(struck(&heard).iter().map(|(_, height)| *height).sum::<i32>(), 256);
    rig.poll();
    let mut events = std::mem::take(&mut rig.events);
    events.extend(rig.take_events());
    let said =
        |event: &Event| matches!(event, Event::Note(line) if line.contains("44 messages more than the 256"));
    assert_eq!(events.iter().filter(|event| said(event)).count(), 1, "{events:?}");
}
