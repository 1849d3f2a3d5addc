//! Attributes that follow arrays, across loads.

use std::time::{Duration, Instant};

use crate::{
    gated::Gated,
    rig::Rig,
    stand::{gain, source},
};
use nn_core::{
    array::{ArrayFault, ArrayShape, Arrays},
    message::{Atom, Event},
    value::ValueType,
};

/// Two samples, whatever the name.
struct Two;

impl Arrays for Two {
    fn read(
        &self,
        _name: &str,
        from: usize,
        most: usize,
        samples: &mut Vec<f32>,
    ) -> Result<ArrayShape, ArrayFault> {
        samples.extend([0.25, 0.75].iter().skip(from).take(most));
        Ok(ArrayShape { channels: 1, frames: 2, sample_rate_hz: 44_100 })
    }

    fn cure(&self) -> &'static str {
        "they are all there"
    }
}

#[test]
fn what_follows_an_array_goes_on_when_a_load_fails_that_was_asked_for_before_the_last_one_was_told() {
    for first in ["load curved", "reload"] {
        let curved = gain(0.5).with_attribute("curve", &[ValueType::Tensor]);
        let source = Gated::new(source().and("curved", curved, Duration::ZERO));
        let mut rig = Rig::with_arrays(source.clone(), &Two, "curved forward 64");
        rig.until_loaded();
        rig.poll();
        ["track 1", "set curve first", first].iter().for_each(|message| rig.send(message));
        if first != "reload" {
            rig.send("set curve second");
        }
        let begin = Instant::now();
        while rig.object.status().pending() {
            assert!(begin.elapsed() < Duration::from_secs(30), "{first}: never loaded");
            std::thread::sleep(Duration::from_millis(1));
        }
        // Its load is done and not told yet when the next one begins.
        rig.send("load held_broken");
        source.until_begun("held_broken");
        rig.poll();
        source.open();
        let failed = |event: &Event| matches!(event, Event::Info { selector, atoms } if selector == "loaded" && *atoms == [Atom::Float(0.0)]);
        rig.poll_until(|events| events.iter().any(failed));
        let followed: Vec<_> = rig.object.followed_arrays().collect();
        assert_eq!(
            followed,
            [if first == "reload" { "first" } else { "second" }],
            "{first}: {:?}",
            rig.events
        );
        // What is loaded in its place follows none.
        rig.events.clear();
        rig.send("load half");
        rig.poll_until(|events| format!("{events:?}").contains("\"loaded\""));
        assert_eq!(rig.object.followed_arrays().count(), 0, "{first}");
    }
}
