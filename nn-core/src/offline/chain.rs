//! Boxes one after the other, as in a patch: what one plays, the next one hears in the same block.

use super::{looks::Looks, player::Player, signals::Signals};
use crate::message::{Atom, Event};

/// Boxes that are wired one after the other, outlet by inlet, on the thread that made them. Their hosts have the same rate
/// and block.
///
/// A block is [`Chain::look`], then messages, then [`Chain::block`], as in [`Player::render`].
#[derive(Debug)]
pub struct Chain {
    links: Vec<Link>,
}

#[derive(Debug)]
struct Link {
    player: Player,
    looks: Looks,
    output: Signals,
}

impl Chain {
    /// Wires them in this order.
    ///
    /// Thread: main.
    pub fn new(players: impl IntoIterator<Item = Player>) -> Self {
        let link = |player: Player| Link { looks: Looks::new(&player), player, output: Signals::default() };
        Self { links: players.into_iter().map(link).collect() }
    }

    /// One of the boxes, counted from 0.
    ///
    /// Thread: main.
    pub fn player(&mut self, index: usize) -> Option<&mut Player> {
        self.links.get_mut(index).map(|link| &mut link.player)
    }

    /// Looks at the boxes whose time has come. Called before each block.
    ///
    /// Thread: main.
    pub fn look(&mut self) {
        for link in &mut self.links {
            link.looks.due(&mut link.player);
        }
    }

    /// A message to one of the boxes. It is heard in the next block.
    ///
    /// Thread: main.
    pub fn send(&mut self, index: usize, selector: &str, atoms: &[Atom]) {
        if let Some(link) = self.links.get_mut(index) {
            link.looks.send(&mut link.player, selector, atoms);
        }
    }

    /// Plays one block: the first box hears `input`. Inlets that nothing is wired to hear silence; outlets without an
    /// inlet are not heard.
    ///
    /// Thread: main.
    pub fn block(&mut self, input: &Signals) {
        let mut before: &Signals = input;
        for Link { player, output, .. } in &mut self.links {
            output.shape(player.object.outlets(), player.outlet_channels(), player.format().block_frames);
            player.block(before, output);
            before = output;
        }
    }

    /// What one of the boxes has played in the last block; `None` where there is no such box.
    ///
    /// Thread: main.
    pub fn output(&self, index: usize) -> Option<&Signals> {
        self.links.get(index).map(|link| &link.output)
    }

    /// What one of the boxes has said since the last call.
    ///
    /// Thread: main.
    pub fn take_events(&mut self, index: usize) -> Vec<Event> {
        self.player(index).map(Player::take_events).unwrap_or_default()
    }
}
