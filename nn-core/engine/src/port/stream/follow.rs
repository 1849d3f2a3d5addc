//! How a stream takes the place of another one, for the model that hears both.

use super::{Opening, Stream};

impl Stream {
    /// Says of each channel of the model whether it takes a signal, which may fade, and how many of the last are parameters.
    /// Before it is sent.
    ///
    /// Thread: main or loader.
    pub fn set_inputs(&mut self, fades: Vec<bool>, parameters: usize) {
        self.mixer.set_signals(&fades);
        (self.inputs.fades, self.inputs.parameters) = (fades, parameters);
    }

    /// Says whether the model goes on in the state that it has. Before it is sent.
    ///
    /// Thread: main or loader.
    pub fn set_keeps_state(&mut self, keeps_state: bool) {
        self.inputs.keeps_state = keeps_state;
    }

    /// It takes the place of one that was never heard.
    ///
    /// Thread: any.
    pub fn supersede(&mut self, unheard: &Self) {
        self.inputs.keeps_state &= unheard.inputs.keeps_state;
    }

    /// It follows on another one.
    ///
    /// Thread: audio.
    pub fn follow(&mut self, old: &Self) {
        let same = self.format.shape.in_channels == old.format.shape.in_channels;
        if self.opening == Opening::Faded && self.inputs.keeps_state && same {
            self.inputs.given.iter_mut().zip(&old.inputs.given).for_each(|(given, &old)| *given = old);
        }
    }
}
