//! What other threads than the main one want of a box, in the order in which it came.

use crossbeam_channel::{Receiver, Sender, unbounded};

/// Something waits here until the main thread handles it. Any thread but the audio callback's may add to it (it
/// allocates); nobody waits for anybody.
#[derive(Debug)]
pub struct Inbox<T> {
    entrance: Sender<T>,
    exit: Receiver<T>,
}

impl<T> Default for Inbox<T> {
    fn default() -> Self {
        let (entrance, exit) = unbounded();
        Self { entrance, exit }
    }
}

impl<T> Inbox<T> {
    /// Adds something, behind all that waits.
    ///
    /// Thread: any but audio.
    pub fn put(&self, thing: T) {
        // Its exit lives as long.
        let _open = self.entrance.send(thing);
    }

    /// What has waited longest. Whoever else took from it would turn the order round.
    ///
    /// Thread: main.
    pub fn take(&self) -> Option<T> {
        self.exit.try_recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_first_is_taken_first_whichever_thread_it_came_from() {
        let inbox = Inbox::default();
        inbox.put(1);
        std::thread::scope(|scope| scope.spawn(|| inbox.put(2)).join()).expect("the other thread");
        inbox.put(3);
        assert_eq!([(); 4].map(|()| inbox.take()), [Some(1), Some(2), Some(3), None]);
    }
}
