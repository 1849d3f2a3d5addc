//! Another model, method, device or stream in the place of the present one.

use std::sync::atomic::Ordering::Relaxed;

use crossbeam_channel::{SendError, Sender};

use super::Runner;
use crate::{
    command::{EngineReport, Installed, Left, Swap},
    port::transport::WorkerRings,
    warm_up,
};
use nn_model::Model;

impl Runner {
    /// Another model, method, device or stream.
    #[expect(
        clippy::too_many_lines,
        reason = "one transaction: each step uses what the one before has left, in this order"
    )]
    pub(super) fn swap(&mut self, swap: Swap) {
        self.status.swaps.fetch_add(1, Relaxed);
        // Not waited for any longer: the one before goes, and not the one that comes.
        if let Some(release) = self.releasing.take() {
            self.release(&release.to);
        }
        let Swap {
            model,
            method,
            signals,
            carrier,
            optimise,
            keep_attributes,
            shape,
            warm_up,
            fade,
            rings,
            mut resampling,
        } = swap;
        // Before the first run on this thread, which may be that of a warm-up: the helpers that it starts would stay.
        if let Some(coming) = model.as_deref().or(carrier.as_deref()) {
            coming.prepare_thread(self.status.intra_op_threads());
        }
        if fade.is_none() {
            self.crossfade.end(model.is_none());
            if model.is_some() {
                self.last_input.forget();
            }
        }
        let moved = match (&self.installed, carrier) {
            (Some(present), Some(carrier)) if model.is_none() => {
                Some(match present.model.fork_at(&carrier.place()) {
                    Ok(model) => {
                        // Dropping may take time.
                        self.reply(EngineReport::Replaced((Some(carrier), None)));
                        model
                    }
                    Err(what) => {
                        // A GPU that has gone, say: then its state has gone too.
                        self.reply(EngineReport::Note(format!("{what}: it begins in the state of its file")));
                        carrier
                    }
                })
            }
            _ => None,
        };
        if resampling.is_some() {
            self.reshaped.clear();
        }
        let is_new = model.is_some();
        if is_new {
            self.midi.begin();
        }
        let model = model.or(moved);
        let has_time =
            fade.map_or(self.installed.is_none(), |fade| fade.cost.saturating_mul(4) < fade.budget);
        if let (Some(shape), true) = (warm_up, has_time) {
            let coming = model.as_deref().or(self.installed.as_ref().map(|present| present.model.as_ref()));
            if let Some(Ok(mut copy)) = coming.map(Model::fork) {
                warm_up::warm_up(copy.as_mut(), method, shape, 2);
            }
        }
        // For as long as a buffer is heard that joins the two.
        let outgoing = match (&self.installed, fade, &model) {
            (Some(_), Some(_), Some(_)) => self.installed.take(),
            (Some(present), Some(_), None) if present.model.copies_fit() => {
                let copy = present.model.fork().ok();
                copy.map(|model| Installed { model, method: present.method, resampling: None })
            }
            _ => None,
        };
        let follows = std::mem::take(&mut self.released) || self.installed.is_some() || outgoing.is_some();
        if let (true, Some(fade)) = (follows, fade) {
            let fresh = model.as_ref().filter(|_| is_new);
            let rising = fresh.map(|_| signals);
            self.crossfade.begin(fade, outgoing, rising);
        }
        let replaced = match (model, &mut self.installed) {
            (Some(model), installed) => {
                let old = installed.replace(Installed { model, method, resampling });
                old.map(|old| (Some(old.model), old.resampling))
            }
            (None, Some(installed)) => {
                installed.method = method;
                std::mem::swap(&mut installed.resampling, &mut resampling);
                resampling.map(|old| (None, Some(old)))
            }
            (None, None) => None,
        };
        // Without a worker this is often done while audio is off, and the first run in the audio callback.
        self.crossfade.make_room(shape);
        if let Some(installed) = &self.installed {
            self.scratch.make_room(installed, shape);
        }
        if let (Some(on), Some(Installed { model, .. })) = (optimise, &mut self.installed) {
            model.set_optimise(on);
        }
        if let Some(old) = replaced {
            self.reply(EngineReport::Replaced(old));
        }
        self.give_back();
        if is_new {
            self.seed_model();
            self.set_again(keep_attributes);
        }
        if let Some(rings) = rings {
            self.use_rings(rings);
        }
        self.last_fault = None;
        self.reported_non_finite = false;
    }

    /// The model goes where it is to be dropped. The port fades what was heard, and what comes.
    pub(super) fn release(&mut self, to: &Sender<Left>) {
        self.crossfade.leave();
        self.give_back();
        self.last_input.forget();
        let gone = self.installed.take();
        self.released |= gone.is_some();
        let left = gone.map_or((None, None), |Installed { model, resampling, .. }| (Some(model), resampling));
        if let Err(SendError(left)) = to.send(left) {
            self.reply(EngineReport::Replaced(left));
        }
    }

    /// The stream goes through these rings from now on.
    pub(super) fn use_rings(&mut self, rings: WorkerRings) {
        self.crossfade.end(rings.follows_on);
        if !rings.follows_on {
            self.last_input.forget();
        }
        self.rings = Some(rings);
        self.replaced += 1;
        // Of streams that end here.
        self.reshaped.clear();
        self.give_back();
    }

    /// Models that are heard no more go where dropping them may take time.
    pub(super) fn give_back(&mut self) {
        for old in self.crossfade.take_left() {
            self.reply(EngineReport::Replaced((Some(old.model), old.resampling)));
        }
    }
}
