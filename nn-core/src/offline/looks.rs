//! When a host looks at a box: at the times of Pure Data's, and after each message.

use super::player::Player;
use crate::{frontend::poll, message::Atom};

/// The next look at one box.
#[derive(Debug)]
pub struct Looks {
    next_ms: f64,
}

impl Looks {
    /// The first one is due at once.
    ///
    /// Thread: main.
    pub fn new(player: &Player) -> Self {
        Self { next_ms: player.now_ms() }
    }

    /// Looks at the box if it is time. Called before each block.
    ///
    /// Thread: main.
    pub fn due(&mut self, player: &mut Player) {
        if player.now_ms() >= self.next_ms {
            player.poll();
            self.next_ms = next(player);
        }
    }

    /// Sends a message and looks for what it has changed at once.
    ///
    /// Thread: main.
    pub fn send(&mut self, player: &mut Player, selector: &str, atoms: &[Atom]) {
        player.send(selector, atoms);
        player.look();
        self.next_ms = self.next_ms.min(next(player));
    }
}

fn next(player: &Player) -> f64 {
    player.now_ms() + poll::next_ms(player.object.may_tell_soon())
}
