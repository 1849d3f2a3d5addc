//! What boxes have to say, on its way to the host.
//!
//! Whoever hears a message may send messages to the very box that speaks, or delete it. So events are collected while
//! the box is borrowed, and emitted when it is not; what emits them owns copies of the host's handles, and asks before
//! each event whether the box still exists. Main thread.

use super::alive::Alive;
use crate::{
    info::{self, Outlet, Tree, Turn},
    message::{ArrayWrite, Atom, Event},
};

/// A host's console, for one box that is alive.
///
/// Thread: main.
pub trait Console {
    /// A line.
    fn note(&self, line: &str);
    /// A line that is an error of the box.
    fn error(&self, line: &str);
}

/// The outputs of a box with sound.
///
/// Thread: main.
pub trait SoundBox: Console {
    /// A message on the information outlet. Whoever hears it may delete the box.
    fn send(&self, selector: &str, atoms: &[Atom]);
    /// The host is to build its audio anew, because outlets carry other numbers of channels.
    fn rebuild_audio(&self);
    /// A rendered sound for an array of the host.
    fn write_array(&self, _piece: ArrayWrite) {}
    /// A number that the host holds for an inlet without a signal counts no more.
    fn release_inlet(&self, _inlet: usize) {}
}

/// The outputs of `nn.info`.
///
/// Thread: main.
pub trait InfoBox: Console {
    /// A message on an outlet. Whoever hears it may delete the box.
    fn send(&self, outlet: Outlet, selector: &str, atoms: &[Atom]);
    /// A dictionary on an outlet, in the host's form. Whoever hears a part of it may delete the box: then no other
    /// part follows.
    fn send_tree(&self, outlet: Outlet, tree: &Tree, alive: &Alive);
    /// Dictionaries are written into the one of this name from now on.
    fn bind(&self, name: String);
}

/// Emits what a box with sound has to say. A deleted box says no more.
///
/// Thread: main.
pub fn emit(events: Vec<Event>, alive: &Alive, ways: &impl SoundBox) {
    for event in events {
        if alive.has_ended() {
            return;
        }
        match event {
            Event::Note(line) => ways.note(&line),
            Event::Error(line) => ways.error(&line),
            Event::Channels => ways.rebuild_audio(),
            Event::WriteArray(piece) => ways.write_array(piece),
            Event::ReleaseInlet(inlet) => ways.release_inlet(inlet),
            Event::Info { selector, atoms } => ways.send(&selector, &atoms),
        }
    }
}

/// Emits what `nn.info` has to say, one request after the other: `next` does what there is to do and gives what is to be
/// said of it, and nothing when there is no more. It is told whether this happens within what the same box says.
///
/// Thread: main.
pub fn emit_in_turn(
    turn: &Turn,
    alive: &Alive,
    ways: &impl InfoBox,
    mut next: impl FnMut(bool) -> Vec<info::InfoEvent>,
) {
    loop {
        let events = next(turn.is_nested());
        if events.is_empty() {
            return;
        }
        for event in events {
            if alive.has_ended() {
                return;
            }
            match event {
                info::InfoEvent::Note(line) => ways.note(&line),
                info::InfoEvent::Error(line) => ways.error(&line),
                info::InfoEvent::Message { outlet, selector, atoms } => ways.send(outlet, &selector, &atoms),
                info::InfoEvent::Dictionary { outlet, tree } => ways.send_tree(outlet, &tree, alive),
                info::InfoEvent::Bind(name) => ways.bind(name),
            }
        }
        if alive.has_ended() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::VecDeque};

    use super::*;
    use crate::info::InTurn;

    /// Records what reaches the host. The message `die` deletes the box.
    #[derive(Default)]
    struct Host {
        heard: RefCell<Vec<String>>,
        alive: Alive,
    }

    impl Host {
        fn hear(&self, line: String) {
            assert!(!self.alive.has_ended(), "{line} is said for a box that is deleted");
            if line.ends_with("die") {
                self.alive.end();
            }
            self.heard.borrow_mut().push(line);
        }
    }

    impl Console for Host {
        fn note(&self, line: &str) {
            self.hear(format!("note {line}"));
        }
        fn error(&self, line: &str) {
            self.hear(format!("error {line}"));
        }
    }

    impl SoundBox for Host {
        fn send(&self, selector: &str, _: &[Atom]) {
            self.hear(selector.to_owned());
        }
        fn rebuild_audio(&self) {
            self.hear("rebuild".to_owned());
        }
    }

    impl InfoBox for Host {
        fn send(&self, outlet: Outlet, selector: &str, _: &[Atom]) {
            self.hear(format!("{outlet:?} {selector}"));
        }
        fn send_tree(&self, outlet: Outlet, _: &Tree, _: &Alive) {
            self.hear(format!("{outlet:?} tree"));
        }
        fn bind(&self, name: String) {
            self.hear(format!("bind {name}"));
        }
    }

    fn told(selector: &str) -> Event {
        Event::Info { selector: selector.to_owned(), atoms: Vec::new() }
    }

    #[test]
    fn a_box_with_sound_says_all_of_it_in_order() {
        let host = Host::default();
        let events = vec![Event::Note("n".into()), told("a"), Event::Channels, Event::Error("e".into())];
        emit(events, &host.alive, &host);
        assert_eq!(*host.heard.borrow(), ["note n", "a", "rebuild", "error e"]);
    }

    #[test]
    fn a_box_that_a_hearer_deletes_says_no_more() {
        let host = Host::default();
        emit(vec![told("a"), told("die"), told("b"), Event::Note("c".into())], &host.alive, &host);
        assert_eq!(*host.heard.borrow(), ["a", "die"]);
    }

    #[test]
    fn asking_goes_on_until_nothing_more_is_said_or_the_box_is_deleted() {
        let message = |selector: &str| info::InfoEvent::Message {
            outlet: Outlet::Path,
            selector: selector.to_owned(),
            atoms: Vec::new(),
        };
        let tree = info::InfoEvent::Dictionary { outlet: Outlet::Dictionary, tree: Tree::Number(1) };
        for (rounds, said) in [
            (
                vec![vec![message("a"), info::InfoEvent::Bind("d".into())], vec![tree, message("b")], vec![]],
                vec!["Path a", "bind d", "Dictionary tree", "Path b"],
            ),
            (vec![vec![message("die"), message("a")], vec![message("b")]], vec!["Path die"]),
        ] {
            let (host, mut rounds, speaking) = (Host::default(), VecDeque::from(rounds), InTurn::default());
            let outer = speaking.begin();
            let inner = speaking.begin();
            for (turn, is_nested) in [(&inner, true), (&outer, false)] {
                emit_in_turn(turn, &host.alive, &host, |nested| {
                    assert_eq!(nested, is_nested);
                    rounds.pop_front().unwrap_or_default()
                });
                if host.alive.has_ended() {
                    break;
                }
            }
            assert_eq!(*host.heard.borrow(), said);
        }
    }
}
